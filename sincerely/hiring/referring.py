"""Referring somebody: they are told, and a colleague is asked whether they may be contacted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid5

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring import referral_mail
from sincerely.hiring.house import require_works_here, works_here
from sincerely.hiring.links import BadLink
from sincerely.hiring.models import CannotDo, Job, Referral, Vouch
from sincerely.hiring.models.referral import Certainty
from sincerely.hiring.models.vouch import VouchState, require_possible_end
from sincerely.hiring.referral_links import Purpose, read_token
from sincerely.kernel import clock
from sincerely.kernel.models import Event, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the person referred may contact: asked at `email`, their address at work (lower case).
    `number` is E.164, for the channel `call`."""

    person: str
    role: str
    email: str
    channel: str
    until: dt.date
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the form of a referral said: `id` is the form's own key. Addresses are in lower case.
    `contact` counts only beside the certainty `certain`; anything less is no vouch."""

    id: UUID
    referrer_name: str
    referrer_email: str
    name: str
    email: str
    why: str
    certainty: str
    contact: Contact | None = None


def refer(job: Job, given: Given) -> Referral:
    """Take a referral, tell the person, thank the referrer, and ask the colleague they named.

    The same form sent again changes nothing. The same referrer naming the same person again may
    add somebody to contact; the person is not written to again. Raises CannotDo when the job is
    not open, for a contact outside the employer, and for a last day that cannot be.
    """
    contact = given.contact if given.certainty == Certainty.CERTAIN else None
    if not job.is_open:
        raise CannotDo(f"{job.title} takes no applications just now, so nobody can be referred.")
    if contact:
        require_works_here(job.employer, contact.email)
        require_possible_end(contact.until, clock.today(job.employer.time_zone))
    with transaction.atomic():
        referral, is_new = _row(job, given)
        # Of the form's key and the row: who goes back to the form and changes it to refer
        # somebody else sends the same key.
        key = uuid5(given.id, str(referral.pk))
        if Event.objects.filter(pk=key).exists():
            return referral
        kind = "referred" if is_new else "referred_again"
        Event.objects.create(id=key, about_id=referral.pk, kind=kind, by=given.referrer_name)
        vouch = _ask(referral, contact) if contact else None
        if is_new:
            referral_mail.send_invitation(referral)
            referral_mail.send_thanks(referral, vouch)
    return referral


def referral_of(job: Job, token: str) -> Referral | None:
    """The referral whose link was followed; None for any other token, and once it led here."""
    try:
        key = read_token(Purpose.APPLY, job.employer, token)
    except BadLink:
        return None
    found: Any = Referral.objects.filter(pk=key, job=job, application=None).first()
    return cast("Referral | None", found)


def take_back_of_who_left(employer: Employer, address: str, *, by: Any) -> None:
    """Nobody is sent to a person who does not work here any more."""
    if not works_here(employer, address):
        for vouch in Vouch.objects.not_taken_back().filter(email=address):
            vouch.revoke(by=by)


def _row(job: Job, given: Given) -> tuple[Referral, bool]:
    written = {"name": given.name, "referrer_name": given.referrer_name, "why": given.why}
    referral, is_new = Referral.objects.get_or_create(
        job=job,
        email=given.email,
        referrer_email=given.referrer_email,
        defaults={"employer": job.employer, "certainty": given.certainty, **written},
    )
    if not is_new:
        referral.lock()
    referral.job, referral.employer = job, job.employer
    return referral, is_new


def _ask(referral: Referral, contact: Contact) -> Vouch | None:
    """Ask the colleague; None where they need not be asked, because they have answered.

    Who was asked and has not answered is written to once more. A no is not asked about again.
    """
    known = referral.vouches.filter(email=contact.email).order_by("-asked_at").first()
    if known:
        known.referral, known.employer = referral, referral.employer
        state = known.state_now()
        if state == VouchState.WAITING:
            referral_mail.ask(known)
        if state not in {VouchState.UNANSWERED, VouchState.ENDED}:
            return None
    vouch = Vouch.objects.create(
        employer=referral.employer,
        referral=referral,
        person=contact.person,
        role=contact.role,
        email=contact.email,
        channel=contact.channel,
        number=contact.number if contact.channel == "call" else "",
        until=contact.until,
    )
    if referral.certainty != Certainty.CERTAIN:
        referral.certainty = Certainty.CERTAIN
        referral.save(update_fields=["certainty"])
    record("vouch_asked", vouch, by=referral.referrer_name)
    referral_mail.ask(vouch)
    return vouch

"""Who spoke for an applicant, and what came of it, as lines for the team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, FollowUp, Referral, Vouch
from sincerely.hiring.models.vouch import VouchState
from sincerely.hiring.vouch_words import vouch_words
from sincerely.kernel import clock
from sincerely.outbox.models import Message

_UNREACHED = (Message.State.BOUNCED, Message.State.FAILED)


@dataclass(frozen=True, slots=True)
class VouchLine:
    """`unreached`: our question did not get to the colleague. `may_end`: it can be taken back."""

    vouch: Vouch
    words: str
    stands: bool
    may_end: bool
    unreached: bool
    in_touch: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class ReferralLine:
    referral: Referral
    vouches: list[VouchLine]
    unreached: bool


def lines_about(application: Application) -> list[ReferralLine]:
    """Of one application, oldest first; four statements, one where nobody referred them."""
    found = Referral.objects.of(application).order_by("made_at", "id")
    about = lines(application.employer, found.prefetch_related("vouches"))
    contacts = application.follow_ups.filter(about="invited") if about else ()
    made = {contact.answered_by: contact for contact in contacts}
    return [replace(line, vouches=_with(line.vouches, made)) for line in about]


def _with(vouches: list[VouchLine], made: dict[str, FollowUp]) -> list[VouchLine]:
    """With the contact beside the colleague with whom it was."""
    return [replace(each, in_touch=made.get(each.vouch.person)) for each in vouches]


def lines(employer: Employer, referrals: Iterable[Referral]) -> list[ReferralLine]:
    """Each with its vouches (prefetch them), in the given order; one statement more."""
    rows = list(referrals)
    if not rows:
        return []
    asked = {row.pk: sorted(row.vouches.all(), key=lambda each: each.asked_at) for row in rows}
    lost = _unreached([*asked, *(vouch.pk for vouches in asked.values() for vouch in vouches)])
    return [
        ReferralLine(
            row, [_vouch_line(employer, vouch, lost) for vouch in asked[row.pk]], row.pk in lost
        )
        for row in rows
    ]


def source_of(application: Application, about: list[ReferralLine]) -> str:
    """Where the application came from, with whoever referred it."""
    by = [f"Referral: {line.referral.referrer_name}" for line in about]
    came_by_link = application.source.startswith("Referral: ")
    told = [] if by and came_by_link else [application.source]
    return " · ".join(filter(None, [*told, *by]))


def _vouch_line(employer: Employer, vouch: Vouch, lost: set[UUID]) -> VouchLine:
    vouch.employer = employer
    today = clock.today(employer.time_zone)
    state = vouch.state(today)
    return VouchLine(
        vouch,
        vouch_words(vouch, today),
        stands=state == VouchState.STANDING,
        may_end=state in {VouchState.STANDING, VouchState.WAITING},
        unreached=state == VouchState.WAITING and vouch.pk in lost,
    )


def _unreached(ids: list[UUID]) -> set[Any]:
    """Those whose first mail did not arrive: to the person referred, to the colleague."""
    kinds = ("referral", "vouch_request")
    failed = Message.objects.filter(about_id__in=ids, kind__in=kinds, state__in=_UNREACHED)
    return set(failed.values_list("about_id", flat=True))

"""Whom our mail does not reach, why, and the address that they give instead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from sincerely.hiring.debts import lost_messages
from sincerely.hiring.letters import send
from sincerely.hiring.listeners import NO_NEWS
from sincerely.hiring.models import (
    Application,
    Candidate,
    CannotDo,
    Closure,
    FollowUp,
    Promise,
    StageEntry,
)
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.wording import Wording
from sincerely.kernel.models import record
from sincerely.outbox.faults import Fault, fault_of
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.suppressing import CAME_BACK, why_lost

GIVEN_ON_PAGE = "given on their status page"


@dataclass(frozen=True, slots=True)
class Unreached:
    """The newest mail that did not arrive: where to, when that was known, and why. `stop` is what
    keeps mail from this address, if anything does."""

    address: str
    at: dt.datetime | None
    fault: Fault
    stop: Suppression | None

    @property
    def why(self) -> str:
        """As the end of a sentence, for the team."""
        return (
            self.stop.reason[:1].lower() + self.stop.reason[1:] if self.stop else self.fault.value
        )

    @property
    def is_wrong(self) -> bool:
        """Another address is needed; else the same one may do, once it is put right."""
        return self.fault.is_hard or (self.stop is not None and self.stop.reason == CAME_BACK)


def unreached(application: Application) -> Unreached | None:
    """What did not arrive at the applicant's address and was not made up for; None where all is
    well. One statement, and three more where it is not."""
    lost = lost_messages().filter(about_id=application.pk, to_address=application.email)
    message = lost.order_by("-settled_at", "-id").first() if application.email else None
    if message is None or _was_given_since(application, message.settled_at):
        return None
    stop = Suppression.objects.stopping(message.to_address)
    fault = fault_of(why_lost(message))
    if fault is Fault.OTHER and message.state == Message.State.FAILED:
        fault = Fault.EXPIRED
    return Unreached(message.to_address, message.settled_at, fault, stop)


def give_another_address(application: Application, address: str, *, by: Any) -> None:
    """Write to this address from now on, and send again there what did not arrive.

    `address` is as `read_address` gives it. The old one is told nothing. The applicant's own link
    proves who they are, and changes this application alone, and only while mail does not reach
    them: a link that got about takes nobody's mail away. A recruiter heard it from the person, and
    changes all of their open applications with the old address. Raises CannotDo.
    """
    with transaction.atomic():
        application.lock()
        missing = unreached(application)
        if by == APPLICANT:
            _require_unreached(application, missing)
        _require_mail_goes_to(address, application, by)
        for each in _with_the_same(application, by):
            _change(each, address, by)


def stop_writing_to(address: str, reason: str, *, by: Any) -> Suppression:
    """No more mail to this address in the employer's name, whoever it is for."""
    with transaction.atomic():
        row = Suppression.objects.suppress(address, reason, by=by)
        record("address_stopped", row, by=by, data={"address": row.address, "reason": row.reason})
    return row


def write_again_to(row: Suppression, *, by: Any, why: str) -> bool:
    """The way back; False when somebody was there before."""
    with transaction.atomic():
        if not row.lift(by=by, why=why):
            return False
        record("address_lifted", row, by=by, data={"address": row.address, "why": why})
    return True


def _was_given_since(application: Application, at: dt.datetime | None) -> bool:
    """The address was given, or given once more, after that: what went there is on its way."""
    return bool(application.events().filter(kind="address_given", at__gt=at).exists())


def _require_unreached(application: Application, missing: Unreached | None) -> None:
    if application.email and missing is None:
        raise CannotDo("No mail has come back from the address that we have; nothing was changed.")


def _require_mail_goes_to(address: str, application: Application, by: Any) -> None:
    """Their own word lifts what was noted about their own address, and nobody else's; a recruiter
    says why first."""
    stop = Suppression.objects.stopping(address)
    if stop is None:
        return
    if by != APPLICANT:
        raise CannotDo(
            f"No mail goes to {address}: {stop.reason}. If that is over, choose “Write again” in "
            "the list of addresses first."
        )
    if address != application.email:
        raise CannotDo("We write no mail to this address. Give us another one.")
    write_again_to(stop, by=by, why=GIVEN_ON_PAGE)


def _with_the_same(application: Application, by: Any) -> list[Application]:
    if by == APPLICANT or not application.email:
        return [application]
    others = Application.objects.for_page().open().exclude(pk=application.pk)
    others = others.filter(candidate=application.candidate_id, email=application.email)
    return [application, *others]


def _change(application: Application, address: str, by: Any) -> None:
    before, application.email = application.email, address
    application.save(update_fields=["email"])
    application.record("address_given", by=by, data={"from": before, "to": address})
    if by != APPLICANT and not Candidate.objects.filter(email=address).exists():
        person = Candidate.objects.filter(pk=application.candidate_id)
        person.filter(email=before or None).update(email=address)
    for message in application.messages().unsent().filter(to_address=before):
        message.redirect(address)
    _send_again(application, before)


def _send_again(application: Application, before: str) -> None:
    """The receipt, and the newest news that was lost: word for word, as they were written."""
    lost = lost_messages().filter(about_id=application.pk, to_address=before)
    news = lost.exclude(kind__in=[*NO_NEWS, "late"]).order_by("-created_at", "-id").first()
    receipt = (
        application.messages().filter(kind="receipt", to_address=before).newest_first().first()
    )
    for message in filter(None, (receipt, news)):
        _copy(application, message)


def _copy(application: Application, message: Message) -> None:
    copy = send(application, message.kind, Wording(message.subject, message.text))
    Closure.objects.filter(message=message).update(message=copy)
    StageEntry.objects.filter(message=message).update(message=copy)
    Promise.objects.filter(message=message).update(message=copy)
    FollowUp.objects.filter(reply=message).update(reply=copy)

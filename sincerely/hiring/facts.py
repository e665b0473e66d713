"""What the protocol needs to know of an application: only what the applicant may know, too.

A decision or a move that is held for undo is no fact yet, so no verdict can leak it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sincerely.hiring.dates import local_day
from sincerely.hiring.legal_clocks import interviewed_on, staff_of
from sincerely.hiring.models import Application, Failure, FollowUp, Reason, Vouch
from sincerely.hiring.on_arrival import names_of
from sincerely.hiring.receipt_words import GIVEN, receipt_of
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from sincerely.protocol.facts import About, Contact, ContactChannel, Facts, Promise, ReceiptState

_State = Message.State
_RECEIPTS: dict[str, ReceiptState] = {
    _State.SENT: "arrived",
    _State.RELAYED: "arrived",
    _State.DELIVERED: "arrived",
    _State.BOUNCED: "bounced",
    _State.FAILED: "bounced",
    GIVEN: "arrived",
}
_CHANNELS: dict[str, ContactChannel] = {
    FollowUp.Channel.PAGE: "message",
    FollowUp.Channel.EMAIL: "email",
    FollowUp.Channel.CALL: "call",
    FollowUp.Channel.VOICEMAIL: "voicemail",
    FollowUp.Channel.VISIT: "visit",
}


def facts_of(
    application: Application, follow_ups: Iterable[FollowUp], vouch: Vouch | None = None
) -> Facts:
    """The facts as of now; takes four statements, and one more where a law speaks of interviews.
    `application` as `for_page()` reads it, `follow_ups` all of its own, `vouch` what stands.

    `status_answers` stays false: these facts are for someone whom the status page has not answered.
    """
    employer = application.employer
    closure = application.closures.filter(shown_at__lte=clock.now()).first()
    ended = local_day(closure.told_at or closure.shown_at, employer) if closure else None
    failure = failure_of(application)
    withdrew = closure is not None and closure.reason == Reason.WITHDRAWN
    return Facts(
        applied_on=local_day(application.applied_at, employer),
        told_on=None if withdrew else ended,
        withdrawn_on=ended if withdrew else None,
        receipt=_receipt(application),
        contacts=_contacts(application, follow_ups),
        promises=_promises(application),
        incident=failure.as_fact() if failure else None,
        vouch=vouch.as_fact() if vouch else None,
        country=employer.country,
        subdivision=employer.subdivision,
        interviewed_on=interviewed_on(application),
        staff=staff_of(employer),
        **names_of(application),
    )


def failure_of(application: Application) -> Failure | None:
    """The newest failure of the application system that concerns it."""
    failure: Failure | None = Failure.objects.of(application).first()
    if failure:
        failure.employer = application.employer
    return failure


def _contacts(application: Application, follow_ups: Iterable[FollowUp]) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            on=local_day(each.at, application.employer),
            channel=_CHANNELS[each.channel],
            about=cast(About, each.about),
        )
        for each in follow_ups
        if each.about
    )


def _promises(application: Application) -> tuple[Promise, ...]:
    employer = application.employer
    return tuple(
        Promise(
            made_on=local_day(each.shown_at, employer),
            due_on=each.due_on,
            kept_on=local_day(each.settled_at, employer) if each.settled_at else None,
        )
        for each in application.promises.shown()
    )


def _receipt(application: Application) -> ReceiptState:
    receipt = receipt_of(application)
    return _RECEIPTS.get(receipt.state, "awaited") if receipt else "none"

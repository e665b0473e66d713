"""A report on a message of ours: what became of it."""

from __future__ import annotations

from dataclasses import replace

from sincerely.inbound.models import Kind
from sincerely.inbound.outcome import Sorted
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Delivery, Message, Suppression
from sincerely.outbox.suppressing import COMPLAINED
from sincerely.outbox.token import Token, read_token
from sincerely.reading.bounce import Bounce

_STATES = {
    "delivered": Message.State.DELIVERED,
    "relayed": Message.State.RELAYED,
    "delayed": Message.State.DELAYED,
    "failed": Message.State.BOUNCED,
}
COMPLAINT = "complaint"


def is_report(report: Bounce) -> bool:
    return report.kind in _STATES or report.kind == COMPLAINT


def take_report(report: Bounce, token: Token | None) -> Sorted:
    """Settle the message: found by where the report was sent to (VERP), then by what it says
    (ENVID, Return-Path)."""
    token = token or read_token(report.token)
    if token is None:
        return Sorted(Kind.BOUNCE, reason="It reports on no message that we know.")
    ours = Sorted(Kind.BOUNCE, employer_id=token.employer_id, message_id=token.message_id)
    with employer_scope(token.employer_id):
        message = Message.objects.held(token.message_id)
        if message is None:
            return replace(ours, outcome="about a message that is not here any more")
        ours = replace(ours, application_id=message.about_id)
        if report.kind == COMPLAINT:
            Suppression.objects.suppress(message.to_address, COMPLAINED, by="a complaint by mail")
            return replace(ours, outcome="said to be unwanted: this address gets no more mail")
        return replace(ours, outcome=_settle(message, report))


def _settle(message: Message, report: Bounce) -> str:
    evidence = " ".join(filter(None, (report.kind, report.status, report.diagnostic)))
    state = _STATES[report.kind]
    moved = message.hear(state, source=Delivery.Source.DSN, evidence=evidence)
    return f"{state} noted" if moved else f"{state}, nothing new"

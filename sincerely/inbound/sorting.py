"""What a stored mail is about, and whom that concerns."""

from __future__ import annotations

from dataclasses import replace

from sincerely.inbound.invitations import invited_by, take_answer
from sincerely.inbound.models import InboundMail
from sincerely.inbound.outcome import Sorted
from sincerely.inbound.replies import take_reply
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Delivery, Message
from sincerely.outbox.token import REPLY, Token, read_token
from sincerely.reading.bounce import Bounce, read_bounce

_STATES = {
    "delivered": Message.State.DELIVERED,
    "relayed": Message.State.RELAYED,
    "delayed": Message.State.DELAYED,
    "failed": Message.State.BOUNCED,
}


def sort(mail: InboundMail) -> Sorted:
    """Act on a delivery report about a message of ours, or on a reply to one or to an invitation;
    keep everything else with its reason."""
    if invited := invited_by(mail):
        return take_answer(mail, invited)
    if answered := _answered(mail):
        return take_reply(mail, answered)
    report = read_bounce(bytes(mail.raw))
    if report.problem:
        return Sorted(reason=f"cannot be read: {report.problem}")
    token = _token(mail, report)
    if token is None:
        return Sorted(reason="not yet sorted")
    if report.kind not in _STATES:
        known = Sorted(reason=f"not yet sorted: {report.kind} to the address for bounces")
        return replace(known, employer_id=token.employer_id, message_id=token.message_id)
    return _settle(token, report)


def _answered(mail: InboundMail) -> Token | None:
    """The message that this mail answers, by the address it was sent to."""
    tokens = (read_token(address.partition("@")[0]) for address in mail.recipients)
    return next((token for token in tokens if token and token.purpose == REPLY), None)


def _token(mail: InboundMail, report: Bounce) -> Token | None:
    """By where it was sent to (VERP), then by what the report says (ENVID, Return-Path)."""
    places = [address.partition("@")[0] for address in mail.recipients]
    found = (read_token(place) for place in [*places, report.token])
    return next((token for token in found if token), None)


def _settle(token: Token, report: Bounce) -> Sorted:
    ours = Sorted(employer_id=token.employer_id, message_id=token.message_id)
    with employer_scope(token.employer_id):
        message = Message.objects.defer("raw", "html", "text").filter(pk=token.message_id).first()
        if message is None:
            return replace(ours, reason="about a message that is not here any more")
        evidence = " ".join(filter(None, (report.kind, report.status, report.diagnostic)))
        state = _STATES[report.kind]
        moved = message.settle(state, source=Delivery.Source.DSN, evidence=evidence)
    return replace(ours, outcome=f"{state} noted" if moved else f"{state}, nothing new")

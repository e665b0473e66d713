"""What became of a message, in plain words: queued is not sent, sent is not delivered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from sincerely.kernel import clock
from sincerely.outbox.faults import fault_of
from sincerely.outbox.models import Delivery, Message
from sincerely.outbox.proof import PROOF_COMES_WITHIN, no_report_to_come

State = Message.State

_WORDS = {
    State.QUEUED: "An attempt failed; it will be tried again",
    State.SENDING: "Being sent",
    State.SENT: "Handed to the mail server; no proof yet that it arrived",
    State.RELAYED: "Delivered to their mail provider, which is the proof that most servers give",
    State.DELIVERED: "Delivered to their mailbox",
    State.DELAYED: "Delayed on its way; the servers keep trying",
    State.BOUNCED: "Came back",
    State.FAILED: "Given up: it could not be sent",
    State.SKIPPED: "Not sent",
}
NO_REPORT = (
    "No delivery report came within a day, and none is to be expected. The mail server accepted "
    "it; whether it arrived, a call can tell"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One step of a message's way; `evidence` is what a server or person said, word for word."""

    at: dt.datetime
    state: str
    text: str
    evidence: str = ""


def way(message: Message) -> list[Heard]:
    """Every step of a message, oldest first. Reads `message.deliveries`: prefetch it."""
    steps = [Heard(message.created_at, State.QUEUED, _queued(message))]
    if message.claimed_at and not message.deliveries.all():
        steps.append(Heard(message.claimed_at, State.SENDING, _WORDS[State.SENDING]))
    steps += [_heard(delivery) for delivery in message.deliveries.all()]
    if message.settled_at and no_report_to_come(message):
        steps.append(Heard(message.settled_at + PROOF_COMES_WITHIN, State.SENT, NO_REPORT))
    return steps


def waits(until: dt.datetime | None) -> str:
    """What is said when a message was written; `until` is the end of its undo window."""
    if until is None:
        return "The message is on its way."
    return f"The message waits until {timezone.localtime(until):%H:%M}; until then you can undo."


def _queued(message: Message) -> str:
    if message.hold_until and message.hold_until > clock.now():
        return "Written; it waits so that it can be taken back"
    return "Written and queued"


def _heard(delivery: Delivery) -> Heard:
    text = _WORDS.get(State(delivery.state), delivery.state)
    if delivery.state == State.BOUNCED:
        text = f"{text}: {fault_of(delivery.evidence).value}"
    if delivery.state == State.DELIVERED and delivery.source == Delivery.Source.WEBHOOK:
        text = _WORDS[State.RELAYED]  # what a provider calls delivered
    return Heard(delivery.at, delivery.state, text, delivery.evidence)

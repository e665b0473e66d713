"""What became of the receipt, in plain words for the applicant: of the mail, or of the slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message
from sincerely.outbox.proof import no_report_to_come

State = Message.State

_WORDS = {
    State.QUEUED: "It is on its way to {whom}. If your mail provider is busy, we keep trying.",
    State.SENDING: "It is on its way to {whom}.",
    State.SENT: "Sent to {whom}{when}. Your mail provider has not confirmed yet that it has it.",
    State.RELAYED: "Delivered to your mail provider{when}, for {whom}.",
    State.DELIVERED: "Delivered to your mail provider{when}, for {whom}.",
    State.DELAYED: "Sent to {whom}, and held up on the way. It is still being tried.",
    State.BOUNCED: "It came back from {whom}{when}: nobody received it there.",
    State.FAILED: "It could not be delivered to {whom}. We tried for days.",
    State.SKIPPED: "It was not sent to {whom}.",
}
_NO_REPORT = (
    "Sent to {whom}{when}. Your mail provider has not told us whether it has it, and will not any "
    "more. If you cannot find it, look among unwanted mail."
)
UNREACHED = {State.BOUNCED, State.FAILED, State.SKIPPED}
GIVEN = "given"
# How a slip reached the applicant, by the way in which the application came (front_desk.SOURCES).
_GIVEN = {
    "paper": "Sent by post{when} by {by}.",
    "phone": "Read out on the phone{when} by {by}.",
}
_HANDED_OVER = "Handed over on paper{when} by {by}."


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """`sentence` for the page; `unreached` when we need another address. `state` is a Message's,
    or GIVEN for the slip of somebody whom no mail reached."""

    state: str
    sentence: str
    unreached: bool = False


def receipt_of(application: Application) -> ReceiptWords | None:
    """The receipt that reached the applicant, or else what became of it; None while nothing was
    sent or given. Takes one statement, and one more where no mail arrived."""
    message = application.receipt
    words = receipt_words(message, application.employer) if message else None
    if words and not words.unreached:
        return words
    slip = application.events().filter(kind="slip_given").first()
    return slip_words(slip, application) if slip else words


def receipt_words(receipt: Message, employer: Employer) -> ReceiptWords:
    """What to say of a receipt; times are those of the employer's place."""
    when = in_local_words(receipt.settled_at, employer) if receipt.settled_at else ""
    state = State(receipt.state)
    words = _NO_REPORT if no_report_to_come(receipt) else _WORDS[state]
    sentence = words.format(whom=masked(receipt.to_address), when=when)
    return ReceiptWords(state, sentence, state in UNREACHED)


def slip_words(given: Event, application: Application) -> ReceiptWords:
    """What to say of a slip, from the event that says it was given."""
    pattern = _GIVEN.get(application.source, _HANDED_OVER)
    when = in_local_words(given.at, application.employer)
    return ReceiptWords(GIVEN, pattern.format(when=when, by=given.by))


def in_local_words(instant: dt.datetime, employer: Employer) -> str:
    """` on Monday, 2 March, at 09:05`, by the clock at the employer's place."""
    local = instant.astimezone(ZoneInfo(employer.time_zone))
    return f" on {local:%A}, {local.day} {local:%B}, at {local:%H:%M}"


def masked(address: str) -> str:
    """`jo.rivers@example.org` as `j•••@example.org`: enough to know one's own again."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else address

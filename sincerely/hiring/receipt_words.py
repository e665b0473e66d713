"""What became of the receipt, in plain words for the applicant."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer
from sincerely.outbox.models import Message

State = Message.State

_WORDS = {
    State.QUEUED: "It is on its way to {whom}. If your mail provider is busy, we keep trying.",
    State.SENDING: "It is on its way to {whom}.",
    State.SENT: "Sent to {whom}{when}. Your mail provider has taken it.",
    State.RELAYED: "Sent to {whom}, and your mail provider has confirmed that it has it{when}.",
    State.DELIVERED: "Delivered to {whom}{when}.",
    State.DELAYED: "Sent to {whom}, and held up on the way. It is still being tried.",
    State.BOUNCED: "It came back from {whom}{when}: nobody received it there.",
    State.FAILED: "It could not be delivered to {whom}. We tried for days.",
    State.SKIPPED: "It was not sent to {whom}.",
}
UNREACHED = {State.BOUNCED, State.FAILED, State.SKIPPED}


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """`sentence` for the page; `unreached` when we need another address."""

    sentence: str
    unreached: bool


def receipt_words(receipt: Message, employer: Employer) -> ReceiptWords:
    """What to say of a receipt; times are those of the employer's place."""
    when = ""
    if receipt.settled_at:
        local = receipt.settled_at.astimezone(ZoneInfo(employer.time_zone))
        when = f" on {local:%A}, {local.day} {local:%B}, at {local:%H:%M}"
    state = State(receipt.state)
    sentence = _WORDS[state].format(whom=masked(receipt.to_address), when=when)
    return ReceiptWords(sentence, state in UNREACHED)


def masked(address: str) -> str:
    """`jo.rivers@example.org` as `j•••@example.org`: enough to know one's own again."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else address

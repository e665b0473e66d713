"""That our mail does not reach the applicant, in words for their own page."""

from __future__ import annotations

from dataclasses import dataclass

from sincerely.hiring.models import Application
from sincerely.hiring.reaching import unreached
from sincerely.hiring.receipt_words import in_local_words, masked
from sincerely.outbox.faults import Fault
from sincerely.outbox.suppressing import CAME_BACK, COMPLAINED

_WHY = {
    Fault.UNKNOWN: "Our last message came back{when}: nobody is known there under this address.",
    Fault.FULL: "Our last message came back{when}, because the mailbox is full. Make room and give "
    "us the same address again, or another one.",
    Fault.CONTENT: "The mail server there did not let our last message in{when}. The address may "
    "be right; another one may help.",
    Fault.EXPIRED: "The mail server there did not take our last message. We tried for days.",
    Fault.OTHER: "Our last message came back{when}.",
}
_UNWANTED = (
    "A message of ours was marked there as unwanted, so we stopped writing to it. If that was a "
    "slip, give us the same address again."
)
_STOPPED = "We have stopped writing to this address."


@dataclass(frozen=True, slots=True)
class UnreachedWords:
    """`whom` is the address, as far as its owner knows it again."""

    whom: str
    sentence: str


def unreached_words(application: Application) -> UnreachedWords | None:
    """None where our mail arrives. What the team noted about an address stays with the team."""
    found = unreached(application)
    if found is None:
        return None
    when = in_local_words(found.at, application.employer) if found.at else ""
    sentence = _WHY[found.fault].format(when=when)
    if found.stop and found.stop.reason != CAME_BACK:
        sentence = _UNWANTED if found.stop.reason == COMPLAINED else _STOPPED
    return UnreachedWords(masked(found.address), sentence)

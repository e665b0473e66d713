"""What goes over the wire for one mail, and what the other side said to it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail to one recipient: `token` comes back in reports (ENVID), empty for none."""

    sender: str
    recipient: str
    raw: bytes
    token: str = ""


class Verdict(enum.Enum):
    """What an attempt means for the message."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reply:
    """How an attempt ended; `evidence` is what was said, with the step at which. `is_outage`: the
    server speaks to nobody at the moment, whatever the mail."""

    verdict: Verdict
    evidence: str
    is_outage: bool = False

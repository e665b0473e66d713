"""What proves that a message arrived, what proves that it did not, and when to stop waiting."""

from __future__ import annotations

import datetime as dt

from sincerely.kernel import clock
from sincerely.outbox.models import Message

PROOF = (Message.State.RELAYED, Message.State.DELIVERED)
UNREACHED = (Message.State.BOUNCED, Message.State.FAILED)
# A mail server that gives proof does so within minutes; after a day none is to be expected: it
# sends no reports, or whoever was to report was killed.
PROOF_COMES_WITHIN = dt.timedelta(days=1)


def no_report_to_come(message: Message | None) -> bool:
    """Whether a mail server took it so long ago that nobody will say any more what became of it."""
    if message is None or message.state != Message.State.SENT or message.settled_at is None:
        return False
    return message.settled_at < clock.now() - PROOF_COMES_WITHIN

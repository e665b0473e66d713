"""flufl.bounce, asked where our own reader knows that a mail is a bounce, but not whose.

It looks for the programs of thirty years one by one, each line with each of their patterns, and
raises on mail that it does not expect; so it gets only what is short, and its word is checked.
"""

from __future__ import annotations

import logging
from email.message import Message

LONGEST = 40_000
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def second_opinion(message: Message) -> tuple[str, ...]:
    """The addresses that it finds, failed or delayed; none for mail that is long or breaks it."""
    if sum(map(_length, message.walk())) > LONGEST:
        return ()
    from flufl.bounce import all_failures

    try:
        delayed, failed = all_failures(message)
    except Exception:  # whatever its detectors raise, the mail is kept and a person looks
        return ()
    return tuple(sorted(found.decode(errors="replace") for found in {*delayed, *failed}))


def _length(part: Message) -> int:
    payload = part.get_payload()
    return len(payload) if isinstance(payload, str) else 0

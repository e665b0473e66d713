"""Mail that is built to be slow or to break its reader gets an answer like any other.

How long each takes is printed by `python -m scripts.reading_figures`; time is no matter of a test.
"""

from __future__ import annotations

import pytest

from sincerely.reading.bounce import read_bounce
from sincerely.reading.reply import read_reply
from tests.reading.hostile import mails

MAILS = mails()


@pytest.mark.parametrize("name", MAILS)
def test_a_hostile_mail_is_read_or_refused(name: str) -> None:
    raw = MAILS[name]
    bounce, reply = read_bounce(raw), read_reply(raw)
    assert bounce.problem == reply.problem
    assert len(bounce.recipients) <= 1_000
    assert len(reply.text) <= 20_000

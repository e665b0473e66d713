"""The demo answers a mail as the person who got it."""

from __future__ import annotations

import smtplib
from pathlib import Path

import pytest
from django.conf import LazySettings

from sincerely.outbox.sink.answering import answer
from sincerely.outbox.sink.maildir import Kept, Maildir
from tests.outbox.mail_server import Manners

MAIL = (
    b"From: Blue Spoon <no-reply@localhost>\r\nTo: Jo <jo@example.org>\r\n"
    b"Reply-To: r1@replies.localhost\r\nMessage-ID: <1@localhost>\r\n"
    b"Date: Mon, 16 Nov 2026 09:12:00 +0000\r\nSubject: Receipt\r\n\r\nHello Jo\r\n"
)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    boxes = Maildir(tmp_path)
    found = boxes.get(boxes.keep(MAIL, sender="b", recipient="jo@example.org"))
    assert found is not None
    return found


def test_the_answer_goes_where_the_mail_asks_for_and_quotes_it(
    kept: Kept, settings: LazySettings, mail_server: Manners
) -> None:
    settings.INBOUND_PORT = settings.EMAIL_PORT
    answer(kept, "STATUS")
    (got,) = mail_server.got
    assert got.recipients == ["r1@replies.localhost"]
    assert got.mail["In-Reply-To"] == "<1@localhost>"
    assert "> Hello Jo" in got.mail.get_content()


def test_where_nobody_receives_it_says_so(kept: Kept, settings: LazySettings) -> None:
    settings.INBOUND_PORT = 1
    with pytest.raises((OSError, smtplib.SMTPException)):
        answer(kept, "STATUS")

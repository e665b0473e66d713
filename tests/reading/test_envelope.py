from __future__ import annotations

import pytest

from sincerely.reading.envelope import message_identity, read_envelope

MAIL = b"""Return-Path: <jo@example.org>
X-Original-To: r123@replies.example
Delivered-To: inbox@replies.example
To: "Smith, Jo" <a@b.example>, c@d.example
From: Jo <jo@example.org>
Message-ID: <1@example.org>

Delivered-To: nobody@example.net
"""


def test_what_servers_noted_goes_before_what_was_written() -> None:
    told = read_envelope(MAIL)
    assert told.sender == "jo@example.org"
    assert told.traced == ("r123@replies.example", "inbox@replies.example")
    assert told.written == ("a@b.example", "c@d.example")


def test_only_the_first_note_counts_for_the_sender_may_have_written_others() -> None:
    assert read_envelope(b"Delivered-To: us@b.c\nDelivered-To: forged@b.c\n\n").traced == (
        "us@b.c",
    )


def test_a_report_has_no_return_path() -> None:
    assert read_envelope(b"Return-Path: <>\nFrom: daemon@example.org\n\n").sender == "<>"
    assert read_envelope(b"From: Jo <jo@example.org>\n\n").sender == "jo@example.org"
    assert read_envelope(b"Subject: nobody\n\n").sender == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff",
        b"To: " + b"a@b.c, " * 20_000,
        b"To: =?x?y?z?= <\n\n",
        b"To: " + b"(" * 30_000,
        b"x" * 200_000,
    ],
)
def test_whatever_comes_is_read_without_an_error(raw: bytes) -> None:
    read_envelope(raw)
    message_identity(raw)


def test_the_identity_holds_however_the_mail_came() -> None:
    crlf = b"Received: by somebody\r\n" + MAIL.replace(b"\n", b"\r\n") + b"\r\n"
    assert message_identity(crlf) == message_identity(MAIL) != b""
    assert message_identity(MAIL + b"more") != message_identity(MAIL)
    assert message_identity(b"Subject: none\n\nHello") == b""

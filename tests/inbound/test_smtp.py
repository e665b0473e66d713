from __future__ import annotations

import smtplib
from collections.abc import Callable

import pytest
from django.db import DatabaseError

from sincerely.inbound.models import InboundMail, State
from tests.inbound.conftest import Running
from tests.plugins.jobs import waiting_jobs

MAIL = b"From: jo@example.org\r\nSubject: Hello\r\n\r\nIs it still open?\r\n"
HandOver = Callable[..., None]


def test_a_mail_is_stored_as_it_is_before_it_is_taken(hand_over: HandOver) -> None:
    hand_over(MAIL, sender="jo@example.org")
    mail = InboundMail.objects.get()
    assert bytes(mail.raw) == MAIL
    assert (mail.sender, mail.recipients) == ("jo@example.org", ["jobs@blue-spoon.example"])
    assert mail.state == State.STORED
    assert [name for name, _ in waiting_jobs()] == ["read_mail"]


def test_a_report_without_a_sender_is_taken(hand_over: HandOver) -> None:
    hand_over(MAIL, sender="")
    assert InboundMail.objects.get().sender in {"", "<>"}


def test_the_same_mail_twice_is_one(hand_over: HandOver) -> None:
    hand_over(MAIL)
    hand_over(MAIL)
    hand_over(MAIL, to="other@blue-spoon.example")
    assert InboundMail.objects.count() == 2


def test_a_mail_that_is_too_large_is_refused(hand_over: HandOver) -> None:
    with pytest.raises(smtplib.SMTPResponseException) as refusal:
        hand_over(MAIL + b"x" * 200_000)
    assert refusal.value.smtp_code == 552
    assert not InboundMail.objects.exists()


def test_while_nothing_can_be_stored_the_server_in_front_keeps_the_mail(
    hand_over: HandOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **more: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(type(InboundMail.objects.all()), "bulk_create", fail)
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        hand_over(MAIL)
    assert refusal.value.smtp_code == 451

    monkeypatch.undo()
    hand_over(MAIL)
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"\xff\xfe" * 50, b"x" * 90_000])
def test_any_bytes_are_kept_and_read_without_an_error(
    hand_over: HandOver, run_jobs: Callable[..., list[str]], raw: bytes
) -> None:
    hand_over(raw)
    assert run_jobs() == ["read_mail"]
    assert InboundMail.objects.get().state == State.KEPT


def test_an_address_no_database_takes_stops_nothing(mailin: Running) -> None:
    with smtplib.SMTP("127.0.0.1", mailin.port, timeout=10) as server:
        server.ehlo()
        server.docmd("MAIL FROM:<a@b.example> SMTPUTF8")
        server.send(b"RCPT TO:<j\xff\xfe@b.example>\r\n")
        server.getreply()
        server.docmd("RCPT TO:<jo@b.example>")
        code, _ = server.data(MAIL)
    assert code == 250
    assert InboundMail.objects.count() == 1

"""The whole circle with real servers: outbox → sink → delivery report → mailin → outbox."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer
from sincerely.inbound.models import InboundMail
from sincerely.outbox.models import Message
from sincerely.outbox.sink.maildir import Maildir
from sincerely.outbox.sink.reports import Reporter
from sincerely.outbox.sink.server import SinkHandler, listen, split_parameters
from tests.inbound.conftest import Running, mailin  # noqa: F401  (a fixture)

Run = Callable[..., list[str]]


@pytest.fixture
def maildir(tmp_path: Path) -> Maildir:
    return Maildir(tmp_path / "sink")


@pytest.fixture
def sink(mailin: Running, maildir: Maildir, settings: LazySettings) -> Iterator[Running]:  # noqa: F811
    reporter = Reporter("127.0.0.1", mailin.port, pace=0.01)
    running = Running(lambda: listen("127.0.0.1", 0, SinkHandler(maildir, reporter)))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    yield running
    running.stop()


def reports_come_in(count: int = 1) -> None:
    end = time.monotonic() + 20
    while InboundMail.objects.count() < count:
        assert time.monotonic() < end, "no delivery report came"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("address", "states"),
    [
        ("jo@example.org", ["sent", "delivered"]),
        ("bounce-jo@example.org", ["sent", "bounced"]),
        ("jo@bounce.example", ["sent", "bounced"]),
        ("jo@relay.example", ["sent", "relayed"]),
        ("jo@slow.example", ["sent", "delayed", "delivered"]),
        ("jö@bücher.example", ["sent", "delivered"]),
    ],
)
def test_a_receipt_s_delivery_is_proven(
    at_diner: Employer,
    run_jobs: Run,
    sink: Running,
    maildir: Maildir,
    address: str,
    states: list[str],
) -> None:
    message = at_diner.messages.queue(
        kind="receipt", to_address=address, to_name="Jo", subject="We have it", text="Hello"
    )
    run_jobs()
    reports_come_in(len(states) - 1)
    run_jobs()

    message = Message.objects.get(pk=message.pk)
    assert message.state == states[-1]
    assert [row.state for row in message.deliveries.all()] == states
    assert len(list(maildir.newest())) == (states[-1] != "bounced")


def test_the_sink_keeps_mail_and_envelope(
    at_diner: Employer, run_jobs: Run, sink: Running, maildir: Maildir
) -> None:
    message = at_diner.messages.queue(
        kind="receipt", to_address="jo@example.org", subject="We have it", text="Hello"
    )
    run_jobs()
    (kept,) = maildir.newest()
    assert kept.raw.endswith(bytes(message.raw))
    assert kept.mail["Return-Path"] == f"<{message.token}@bounces.localhost>"
    assert kept.mail["X-Envelope-To"] == "<jo@example.org>"
    assert "Hello" in kept.body("plain")


def test_a_report_is_never_reported_on(sink: Running, maildir: Maildir) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        server.sendmail("", ["bounce@example.org"], b"Subject: a report\r\n\r\n")
    time.sleep(0.3)
    assert not InboundMail.objects.exists()


def test_who_asks_for_no_report_gets_none(sink: Running) -> None:
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        server.sendmail("a@b.example", ["jo@example.org"], b"Subject: x\r\n\r\n")
        server.sendmail(
            "a@b.example", ["bounce@example.org"], b"Subject: x\r\n\r\n", [], ["NOTIFY=NEVER"]
        )
    time.sleep(0.3)
    assert not InboundMail.objects.exists()


def test_a_report_waits_for_mailin_to_come_back(
    at_diner: Employer, run_jobs: Run, sink: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Any] = []
    hand_over = Reporter._hand_over

    def fail_at_first(self: Reporter, recipient: str, report: bytes) -> None:
        tried.append(recipient)
        if len(tried) < 3:
            raise ConnectionRefusedError
        hand_over(self, recipient, report)

    monkeypatch.setattr(Reporter, "_hand_over", fail_at_first)
    at_diner.messages.queue(kind="x", to_address="jo@example.org", subject="x", text="x")
    run_jobs()
    reports_come_in()
    assert len(tried) == 3


@pytest.mark.parametrize(
    ("argument", "rest", "asked"),
    [
        (None, None, {}),
        ("FROM:<a@b>", "FROM:<a@b>", {}),
        ("FROM:<a@b> RET=HDRS SIZE=9", "FROM:<a@b> SIZE=9", {"RET": "HDRS"}),
        ("TO:<a@b> notify=SUCCESS,DELAY", "TO:<a@b>", {"NOTIFY": "SUCCESS,DELAY"}),
    ],
)
def test_the_parameters_of_reports_are_taken_off(
    argument: str | None, rest: str | None, asked: dict[str, str]
) -> None:
    assert split_parameters(argument) == (rest, asked)


def test_a_name_from_outside_opens_no_other_file(maildir: Maildir, tmp_path: Path) -> None:
    name = maildir.keep(b"Subject: x\r\n\r\n", sender="a", recipient="b")
    (tmp_path / "secret").write_text("x")
    assert maildir.get(name)
    for evil in ("../../secret", "..", "", "new", name + "/../" + name, "a" * 300):
        assert maildir.get(evil) is None

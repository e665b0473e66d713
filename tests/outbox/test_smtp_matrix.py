"""What a mail server can do to us at each step, and where the message is afterwards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings

from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.outbox.conftest import free_port
from tests.outbox.faulty_server import DROP, HANG, Faults, FaultyServer

Queue = Callable[..., Message]
Run = Callable[..., list[str]]
QUEUED, SENT, BOUNCED = Message.State.QUEUED, Message.State.SENT, Message.State.BOUNCED
TLS = {"EMAIL_USE_TLS": True}
LOGIN = {"EMAIL_HOST_USER": "us", "EMAIL_HOST_PASSWORD": "secret"}

# What fails: how, with which settings, the state afterwards, and what the evidence says.
MATRIX: dict[str, tuple[dict[str, str], dict[str, Any], str, str]] = {
    "it hangs instead of a greeting": ({"greeting": HANG}, {}, QUEUED, "connect: .*timed? ?out"),
    "it drops the line at once": ({"greeting": DROP}, {}, QUEUED, "connect: "),
    "421 as greeting": ({"greeting": "421 4.3.2 Not now"}, {}, QUEUED, "connect: 421 4.3.2"),
    "554 as greeting": ({"greeting": "554 5.3.2 Closed"}, {}, QUEUED, "connect: 554 5.3.2"),
    "noise as greeting": ({"greeting": "SSH-2.0-OpenSSH"}, {}, QUEUED, "connect: "),
    "it drops the line at EHLO": ({"EHLO": DROP}, {}, QUEUED, "EHLO: .*closed"),
    "it refuses EHLO and HELO": ({"EHLO": "502 5.5.1 Unknown"}, {}, QUEUED, "EHLO: 502"),
    "it offers no STARTTLS": ({}, TLS, QUEUED, "connect: .*STARTTLS"),
    "454 at STARTTLS": ({"STARTTLS": "454 4.7.0 No TLS"}, TLS, QUEUED, "connect: 454 4.7.0"),
    "the handshake fails": ({"STARTTLS": "220 Go"}, TLS, QUEUED, "connect: "),
    "535 at the login": ({"AUTH": "535 5.7.8 Wrong"}, LOGIN, QUEUED, "connect: 535 5.7.8"),
    "530 at MAIL": ({"MAIL": "530 5.7.0 Log in"}, {}, QUEUED, "MAIL FROM: 530 5.7.0"),
    "4xx at MAIL": ({"MAIL": "451 4.3.0 Later"}, {}, QUEUED, "MAIL FROM: 451 4.3.0"),
    "5xx at MAIL": ({"MAIL": "550 5.1.8 Who?"}, {}, QUEUED, "MAIL FROM: 550 5.1.8"),
    "it hangs at MAIL": ({"MAIL": HANG}, {}, QUEUED, "MAIL FROM: .*timed? ?out"),
    "4xx at RCPT": ({"RCPT": "450 4.2.1 Greylisted"}, {}, QUEUED, "RCPT TO: 450 4.2.1"),
    "421 at RCPT": ({"RCPT": "421 4.7.0 Too much"}, {}, QUEUED, "RCPT TO: 421 4.7.0"),
    "5xx at RCPT": ({"RCPT": "550 5.1.1 No such user"}, {}, BOUNCED, "RCPT TO: 550 5.1.1"),
    "no relaying at RCPT": ({"RCPT": "554 5.7.1 Denied"}, {}, QUEUED, "RCPT TO: 554 5.7.1"),
    "4xx at DATA": ({"DATA": "452 4.3.1 Disk full"}, {}, QUEUED, "DATA: 452 4.3.1"),
    "5xx at DATA": ({"DATA": "554 5.6.0 No valid recipient"}, {}, BOUNCED, "DATA: 554 5.6.0"),
    "it drops the line before the final dot": ({"body": DROP}, {}, QUEUED, "DATA: "),
    "4xx after the final dot": ({"dot": "451 4.3.0 Later"}, {}, QUEUED, "DATA: 451 4.3.0"),
    "5xx after the final dot": ({"dot": "550 5.7.1 Spam"}, {}, BOUNCED, "DATA: 550 5.7.1"),
    "it hangs after the final dot": ({"dot": HANG}, {}, QUEUED, "DATA: .*timed? ?out"),
    "it drops the line after the final dot": ({"dot": DROP}, {}, QUEUED, "DATA: .*closed"),
}  # fmt: skip


@pytest.fixture
def server(settings: LazySettings) -> Iterator[FaultyServer]:
    with FaultyServer(Faults()) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 0.3
        yield server


@pytest.mark.parametrize("fault", MATRIX)
def test_a_fault_of_the_mail_server(
    queue: Queue, run_jobs: Run, server: FaultyServer, settings: LazySettings, fault: str
) -> None:
    at, setup, state, evidence = MATRIX[fault]
    server.faults.at = dict(at)
    server.faults.offers = _offers(at)
    for name, value in setup.items():
        setattr(settings, name, value)
    message = queue()

    run_jobs()

    kept = Message.objects.get(pk=message.pk)
    assert kept.state == state
    (row,) = kept.deliveries.all()
    assert re.search(evidence, row.evidence), row.evidence
    if state == QUEUED:
        _sent_once_it_is_mended(kept, run_jobs, server, settings)


def test_a_mail_server_that_refuses_connections(
    queue: Queue, run_jobs: Run, server: FaultyServer, settings: LazySettings
) -> None:
    settings.EMAIL_PORT = free_port()
    message = queue()
    run_jobs()
    kept = Message.objects.get(pk=message.pk)
    assert kept.state == QUEUED
    assert "ConnectionRefusedError" in kept.deliveries.get().evidence
    settings.EMAIL_PORT = server.port
    _sent_once_it_is_mended(kept, run_jobs, server, settings)


def _offers(at: dict[str, str]) -> tuple[str, ...]:
    return ("DSN", *(["STARTTLS"] if "STARTTLS" in at else []), "AUTH PLAIN")


def _sent_once_it_is_mended(
    message: Message, run_jobs: Run, server: FaultyServer, settings: LazySettings
) -> None:
    """The next attempt sends it; a copy that got through before has the same Message-ID."""
    server.faults.at = {}
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    with clock.clock_at(clock.now() + dt.timedelta(minutes=2)):
        run_jobs()
    assert Message.objects.get(pk=message.pk).state == SENT
    got = {re.search(rb"(?im)^message-id: (.*?)\r?$", raw)[1] for raw in server.faults.got}  # type: ignore[index]
    assert got == {message.message_id.encode()}


def test_a_greylisted_mail_is_sent_after_300_seconds(
    queue: Queue, run_jobs: Run, server: FaultyServer
) -> None:
    began = clock.now()
    server.faults.at = {"RCPT": "450 4.2.0 Greylisted, come back in 300 seconds"}
    message = queue()
    now = began
    while Message.objects.get(pk=message.pk).state != SENT:
        if now - began >= dt.timedelta(seconds=300):
            server.faults.at = {}
        with clock.clock_at(now):
            run_jobs()
        now = Message.objects.get(pk=message.pk).wake_at or now
    assert now - began < dt.timedelta(minutes=10)
    assert len(server.faults.got) == 1

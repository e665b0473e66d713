from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import LazySettings

from sincerely.outbox.models import AccountMail, Message
from tests.outbox.mail_server import Manners

Queue = Callable[..., Message]
Run = Callable[..., list[str]]


@pytest.fixture
def in_the_dns(private_key: rsa.RSAPrivateKey) -> Callable[..., bytes]:
    public = private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def ask(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"s1._domainkey.jobs.example.org."
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    return ask


def test_what_leaves_is_signed_and_what_is_stored_is_not(
    queue: Queue, run_jobs: Run, mail_server: Manners, key: Path, in_the_dns: Any
) -> None:
    message = queue(text="A line.\n.\n.. and dots\nGrüße")
    run_jobs()
    (got,) = mail_server.got
    assert dkim.verify(got.raw, dnsfunc=in_the_dns)
    assert got.raw.endswith(bytes(message.raw))
    assert b"DKIM-Signature" not in bytes(message.raw)


@pytest.mark.parametrize(
    "change",
    [
        (b"Dear Jo", b"Dear Mo"),
        (b"Subject: ", b"Subject: Not "),
        (b"Auto-Submitted: auto-generated", b"Auto-Submitted: no"),
        (b"From: ", b"From: mallory@example.net\r\nFrom: "),
        (b"Subject: ", b"Subject: Another\r\nSubject: "),
    ],
)
def test_a_change_on_the_way_is_noticed(
    queue: Queue,
    run_jobs: Run,
    mail_server: Manners,
    key: Path,
    in_the_dns: Any,
    change: tuple[bytes, bytes],
) -> None:
    queue()
    run_jobs()
    raw = mail_server.got[0].raw
    assert raw.replace(*change, 1) != raw
    assert not dkim.verify(raw.replace(*change, 1), dnsfunc=in_the_dns)


def test_a_login_code_is_signed_too(
    run_jobs: Run, mail_server: Manners, key: Path, in_the_dns: Any, db: None
) -> None:
    AccountMail.objects.queue("jo@example.org", b"From: a@jobs.example.org\r\n\r\nYour code\r\n")
    run_jobs()
    assert dkim.verify(mail_server.got[0].raw, dnsfunc=in_the_dns)


@pytest.mark.parametrize("content", [None, b"no key"])
def test_without_its_key_nothing_goes_out_unsigned_and_nothing_is_lost(
    queue: Queue,
    run_jobs: Run,
    mail_server: Manners,
    key: Path,
    settings: LazySettings,
    content: bytes | None,
) -> None:
    other = key.with_name("other.pem")
    if content:
        other.write_bytes(content)
    settings.DKIM_KEY_FILE = str(other)
    message = queue()
    run_jobs()
    assert mail_server.got == []
    assert Message.objects.get(pk=message.pk).state == "queued"
    assert "DKIM_KEY_FILE" in message.deliveries.get().evidence

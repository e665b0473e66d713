from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings

from sincerely.accounts.models import Employer
from sincerely.outbox import outage
from sincerely.outbox.models import Message
from tests.outbox.mail_server import Manners, Server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def no_outage() -> None:
    """What one test learned of a mail server is nothing to the next."""
    outage.forget()


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[Manners]:
    """A mail server that runs, and that the settings point to."""
    manners = Manners()
    server = Server(manners, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 2
    yield manners
    server.stop()


@pytest.fixture
def no_mail_server(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.fixture
def queue(at_diner: Employer) -> Callable[..., Message]:
    """Queue one mail to Jo for the diner."""

    def write(**given: Any) -> Message:
        fields = {
            "kind": "receipt",
            "to_address": "jo@example.org",
            "to_name": "Jo Smith",
            "subject": "We have your application",
            "text": "Dear Jo,\n\nWe have it: https://example.org/a/1\n",
        }
        return at_diner.messages.queue(**fields | given)

    return write


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def key(private_key: rsa.RSAPrivateKey, tmp_path: Path, settings: LazySettings) -> Path:
    """A key for DKIM, that the settings point to."""
    path = tmp_path / "dkim.pem"
    path.write_bytes(private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.DKIM_KEY_FILE, settings.DKIM_SELECTOR = str(path), "s1"
    settings.DEFAULT_FROM_EMAIL = "sincerely <no-reply@jobs.example.org>"
    return path

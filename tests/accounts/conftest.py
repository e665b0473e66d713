"""Short ways to the mail that signing in sends, and to the codes of an authenticator app."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.outbox.models import AccountMail

PASSWORD = "a long pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()


def app_code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(identity: Identity) -> Authenticator:
    return TOTP.activate(identity, SECRET).instance


def add_spare_codes(identity: Identity) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(identity).get_unused_codes()
    return codes


def sign_in(client: Client, identity: Identity, password: str = PASSWORD, **more: Any) -> Any:
    given = {"login": identity.email, "password": password} | more
    return client.post("/accounts/login/", given)


def signed_in(identity: Identity) -> Client:
    """Through the page itself, so that everything that belongs to it has happened."""
    client = Client()
    assert sign_in(client, identity).status_code == 302
    return client


@pytest.fixture
def last_mail(db: None) -> Callable[[], Any]:
    """The newest mail that waits to be sent: `last_mail()["To"]`."""

    def read() -> Any:
        row = AccountMail.objects.order_by("-created_at", "-id")[0]
        return message_from_bytes(bytes(row.raw), policy=policy.default)

    return read


def text_of(mail: Any) -> str:
    text: str = mail.get_body(("plain",)).get_content()
    return text.replace("\r\n", "\n")


def code_in(mail: Any) -> str:
    found = re.search(r"^ +([A-Z]{4}-[A-Z]{4})$", text_of(mail), re.MULTILINE)
    assert found, text_of(mail)
    return found.group(1)


def link_in(mail: Any) -> str:
    found = re.search(r"https?://\S+", text_of(mail))
    assert found, text_of(mail)
    return found.group()

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from sincerely.accounts.models import Identity
from tests.accounts.conftest import add_app, app_code, sign_in


def second_step(identity: Identity, code: str) -> int:
    client = Client()
    sign_in(client, identity)
    status: int = client.post("/accounts/2fa/authenticate/", {"code": code}).status_code
    return status


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_phone_whose_clock_is_half_a_minute_off_still_opens(rosa: Identity, steps: int) -> None:
    add_app(rosa)
    assert second_step(rosa, app_code(steps=steps)) == 302


def test_a_code_of_the_app_counts_once_as_long_as_it_would_be_right(rosa: Identity) -> None:
    add_app(rosa)
    code = app_code(steps=1)
    assert second_step(rosa, code) == 302
    # What allauth remembers is over after half a minute; the code would be right for longer.
    assert cache.delete(f"allauth.mfa.totp.used?user={rosa.pk}&code={code}")
    assert second_step(rosa, code) == 200


def test_a_code_with_another_dash_is_the_same_code(rosa: Identity) -> None:
    add_app(rosa)
    code = app_code()
    assert second_step(rosa, code) == 302
    cache.delete(f"allauth.mfa.totp.used?user={rosa.pk}&code={code}")
    assert second_step(rosa, f"{code[:3]} {code[3:]}") == 200


def test_six_digits_cannot_be_guessed_through(rosa: Identity) -> None:
    add_app(rosa)
    client = Client()
    sign_in(client, rosa)
    for guess in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": f"{guess:06}"})
    assert client.post("/accounts/2fa/authenticate/", {"code": app_code()}).status_code == 200

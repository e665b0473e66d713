from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from sincerely.accounts.models import Identity
from tests.accounts.conftest import add_app, add_spare_codes, sign_in


def test_who_lost_everything_gets_in_with_the_first_step_again(
    rosa: Identity, hugo: Identity, capsys: pytest.CaptureFixture[str]
) -> None:
    for identity in (rosa, hugo):
        add_app(identity)
        add_spare_codes(identity)
    call_command("forget_second_step", "Rosa@blue-spoon.example")
    assert "Rosa: 2 removed" in capsys.readouterr().out
    assert sign_in(Client(), rosa).headers["Location"] == "/desk/"
    assert Authenticator.objects.filter(user=hugo).count() == 2


def test_an_unknown_address_is_said_in_words(db: None) -> None:
    with pytest.raises(CommandError, match=r"no login with the address nobody@example.org"):
        call_command("forget_second_step", "nobody@example.org")

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.accounts.pages import passkeys_work_at
from tests.accounts.conftest import add_app, signed_in


def overview(client: Client) -> str:
    return client.get("/accounts/").content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/accounts/").headers["Location"] == "/accounts/login/?next=/accounts/"


def test_every_browser_that_is_signed_in_is_listed(rosa: Identity, hugo: Identity) -> None:
    here = signed_in(rosa)
    assert "Sign out everywhere else" not in overview(here)
    signed_in(hugo)
    assert "Sign out everywhere else" not in overview(here)
    signed_in(rosa)
    assert "Sign out everywhere else" in overview(here)


def test_reminders_are_a_persons_own_choice(rosa: Identity, hugo: Identity) -> None:
    here = signed_in(rosa)
    assert Client().post("/accounts/reminders/").status_code == 302  # to sign in
    assert here.get("/accounts/reminders/").status_code == 405
    for wanted, shown in (("no", "Switch reminders on"), ("yes", "Switch reminders off")):
        here.post("/accounts/reminders/", {"wanted": wanted})
        assert shown in overview(here)
        rosa.refresh_from_db()
        hugo.refresh_from_db()
        assert (rosa.daily_reminders, hugo.daily_reminders) == (wanted == "yes", True)


def test_signing_out_everywhere_else_ends_those_sessions_and_no_other(
    rosa: Identity, hugo: Identity
) -> None:
    here, elsewhere, hugos = signed_in(rosa), signed_in(rosa), signed_in(hugo)
    assert here.get("/accounts/sessions/end/").status_code == 405
    here.post("/accounts/sessions/end/")
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302
    assert hugos.get("/accounts/").status_code == 200
    assert UserSession.objects.filter(user=rosa).count() == 1


def test_somebody_without_a_password_is_offered_to_set_one(db: None) -> None:
    ines = Identity.objects.create_user("ines@blue-spoon.example", name="Ines")
    client = Client()
    client.force_login(ines)
    assert "You have no password" in overview(client)
    assert "/accounts/password/set/" in overview(client)


def test_with_a_second_step_spare_codes_are_offered(rosa: Identity) -> None:
    client = signed_in(rosa)
    assert "Make spare codes" not in overview(client)
    add_app(rosa)
    assert "Make spare codes" in overview(client)
    assert "We advise a second step" not in overview(client)


def test_nobody_touches_anothers_passkey(rosa: Identity, mallory: Identity) -> None:
    app = add_app(rosa)
    client = Client()
    client.force_login(mallory)
    client.post("/accounts/reauthenticate/", {"password": "a long pass phrase"})
    for action in ("remove", "edit"):
        answer = client.post(f"/accounts/2fa/webauthn/keys/{app.pk}/{action}/", {"name": "mine"})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("host", "work"),
    [
        ("jobs.example.org", True),
        ("localhost:8000", True),
        ("127.0.0.1:8000", False),
        ("127.0.0.1", False),
        ("[::1]:8000", False),
        ("[::1]", False),
    ],
)
def test_passkeys_need_a_name_in_the_address(host: str, work: bool) -> None:
    assert passkeys_work_at(host) is work

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory

from sincerely.accounts.adapter import NO_ADDRESS, AccountAdapter
from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.outbox.models import AccountMail
from tests.accounts.conftest import code_in, link_in, sign_in, signed_in

LastMail = Callable[[], Any]
DESK = "/desk/"
NEW_PASSWORD = "another long pass phrase"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def body(response: Any) -> str:
    """The page without what differs in each answer."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"[\w.-]+@[\w.-]+", "ADDRESS", text)


def test_nobody_signs_up_by_themselves(client: Client, db: None) -> None:
    answer = client.get("/accounts/signup/")
    assert "Logins come by invitation" in answer.content.decode()
    client.post(
        "/accounts/signup/",
        {"email": "mallory@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert not Identity.objects.exists()


def test_an_address_is_the_same_in_capitals(client: Client, diner: Employer) -> None:
    Identity.objects.create_user("Rosa.Diaz@Blue-Spoon.example", "a long pass phrase", name="Rosa")
    answer = client.post(
        "/accounts/login/",
        {"login": "ROSA.diaz@blue-spoon.EXAMPLE", "password": "a long pass phrase"},
    )
    assert answer.status_code == 302
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_address_get_one_answer(rosa: Identity) -> None:
    wrong = sign_in(Client(), rosa, password="not the pass phrase")
    rosa.email = "nobody@blue-spoon.example"
    assert body(sign_in(Client(), rosa)) == body(wrong)
    assert "do not belong together" in body(wrong)


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_asking_for_mail_tells_nobody_who_has_a_login(rosa: Identity, address: str) -> None:
    known = Client().post(address, {"email": rosa.email}, follow=True)
    unknown = Client().post(address, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert body(known) == body(unknown)
    assert AccountMail.objects.count() == 2  # both cost the same work, and both are answered


def test_an_invited_member_without_a_password_signs_in_by_a_code(
    client: Client, diner: Employer, last_mail: LastMail
) -> None:
    ines = Identity.objects.create_user("ines@blue-spoon.example", name="Ines")
    Membership.objects.create(employer=diner, identity=ines, role=Role.RECRUITER)
    client.post("/accounts/login/code/", {"email": ines.email})
    code = code_in(last_mail())
    answer = client.post("/accounts/login/code/confirm/", {"code": code.lower().replace("-", "")})
    assert answer.headers["Location"] == DESK
    assert is_in(client)


def test_a_code_counts_once(rosa: Identity, last_mail: LastMail) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": rosa.email})
    code = code_in(last_mail())
    client.post("/accounts/login/code/confirm/", {"code": code})
    client.post("/accounts/logout/")
    client.post("/accounts/login/code/", {"email": rosa.email})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(client)


def test_a_code_of_another_browser_opens_nothing(rosa: Identity, last_mail: LastMail) -> None:
    Client().post("/accounts/login/code/", {"email": rosa.email})
    code = code_in(last_mail())
    other = Client()
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_in(other)


def test_three_wrong_codes_end_the_try(rosa: Identity, last_mail: LastMail) -> None:
    client = Client()
    client.post("/accounts/login/code/", {"email": rosa.email})
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(last_mail())})
    assert not is_in(client)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "http://localhost:9999/",
        "https://testserver.evil.example/",
        "javascript:alert(1)",
    ],
)
def test_signing_in_leads_to_no_other_place(client: Client, rosa: Identity, address: str) -> None:
    answer = sign_in(client, rosa, next=address)
    assert answer.headers["Location"] == DESK


def test_signing_in_leads_back_to_the_page_that_asked_for_it(
    client: Client, rosa: Identity
) -> None:
    wanted = "/desk/blue-spoon/jobs/"
    asked = client.get(wanted)
    assert asked.headers["Location"] == f"/accounts/login/?next={wanted}"
    assert sign_in(client, rosa, next=wanted).headers["Location"] == wanted


def test_the_session_gets_a_new_key_at_sign_in(client: Client, rosa: Identity) -> None:
    planted = client.session
    planted["by"] = "Mallory"
    planted.save()
    before = planted.session_key
    sign_in(client, rosa)
    assert is_in(client)
    assert client.session.session_key != before


def test_a_new_password_ends_every_other_session(rosa: Identity) -> None:
    here, elsewhere = signed_in(rosa), signed_in(rosa)
    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": "a long pass phrase",
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        },
    )
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


def test_a_forgotten_password_is_replaced_and_ends_every_session(
    client: Client, rosa: Identity, last_mail: LastMail
) -> None:
    elsewhere = signed_in(rosa)
    client.post("/accounts/password/reset/", {"email": rosa.email})
    form = client.get(urlsplit(link_in(last_mail())).path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert elsewhere.get("/accounts/").status_code == 302
    assert not is_in(client)
    assert sign_in(client, rosa, password=NEW_PASSWORD).status_code == 302
    assert last_mail()["Subject"] == "Your password was changed"


def test_a_short_password_is_refused_in_words(rosa: Identity) -> None:
    answer = signed_in(rosa).post(
        "/accounts/password/change/",
        {
            "oldpassword": "a long pass phrase",
            "password1": "only11chars",
            "password2": "only11chars",
        },
    )
    assert "at least 12 characters" in answer.content.decode()


def test_the_link_for_a_new_password_leads_to_us_whatever_the_host_header(
    rosa: Identity, last_mail: LastMail, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "https://jobs.example.org"
    Client(headers={"host": "evil.example"}).post(
        "/accounts/password/reset/", {"email": rosa.email}
    )
    assert link_in(last_mail()).startswith("https://jobs.example.org/accounts/password/reset/key/")


def test_guesses_are_counted_for_the_login_whatever_the_host_header(
    rosa: Identity, settings: Any
) -> None:
    for number in range(5):
        sign_in(Client(headers={"host": f"localhost:{8000 + number}"}), rosa, password="a guess")
    answer = sign_in(Client(headers={"host": "localhost:9000"}), rosa)
    assert "Too many tries" in answer.content.decode()


def test_guesses_from_one_address_are_counted_across_logins(
    rosa: Identity, hugo: Identity, settings: Any
) -> None:
    for number in range(10):
        rosa.email = f"guess-{number}@blue-spoon.example"
        sign_in(Client(), rosa)
    assert "Too many tries" in sign_in(Client(), hugo).content.decode()
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), hugo).status_code == 302


def test_a_made_up_address_does_not_reset_the_count(rosa: Identity) -> None:
    for number in range(10):
        rosa.email = f"guess-{number}@blue-spoon.example"
        claimed = {"x-forwarded-for": f"198.51.100.{number}", "x-real-ip": f"198.51.100.{number}"}
        sign_in(Client(headers=claimed), rosa)
    assert "Too many tries" in sign_in(Client(), rosa).content.decode()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9:4711", "127.0.0.1"),
        (1, "unknown", "127.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_limits_count_the_address_our_proxy_saw(
    settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().post("/accounts/login/", headers={"x-forwarded-for": forwarded})
    assert AccountAdapter().get_client_ip(request) == expected


def test_a_client_on_a_socket_has_an_address_too() -> None:
    request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="")
    assert AccountAdapter().get_client_ip(request) == NO_ADDRESS


def test_a_password_that_is_stored_anew_does_not_sign_out(rosa: Identity, settings: Any) -> None:
    client = signed_in(rosa)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    client.post("/accounts/reauthenticate/", {"password": "a long pass phrase"})
    rosa.refresh_from_db()
    assert rosa.password.startswith("scrypt$")
    assert client.get("/accounts/").status_code == 200


def confirmed(client: Client) -> None:
    client.post(
        "/accounts/reauthenticate/", {"password": "a long pass phrase", "next": "/accounts/"}
    )


def test_an_address_changes_when_its_owner_opens_the_link(
    rosa: Identity, last_mail: LastMail
) -> None:
    client = signed_in(rosa)
    confirmed(client)
    client.post("/accounts/email/", {"email": "rosa@home.example", "action_add": ""})
    rosa.refresh_from_db()
    assert rosa.email == "rosa@blue-spoon.example"
    path = urlsplit(link_in(last_mail())).path
    assert "Is this your address?" in client.get(path).content.decode()
    client.post(path)
    rosa.refresh_from_db()
    assert rosa.email == "rosa@home.example"


def test_whoever_else_opens_the_link_changes_nothing(
    rosa: Identity, mallory: Identity, last_mail: LastMail
) -> None:
    client = signed_in(rosa)
    confirmed(client)
    client.post("/accounts/email/", {"email": "mallory@st-brigid.exampel", "action_add": ""})
    path = urlsplit(link_in(last_mail())).path
    assert Client().post(path).headers["Location"].startswith("/accounts/login/")
    signed_in(mallory).post(path)
    rosa.refresh_from_db()
    assert rosa.email == "rosa@blue-spoon.example"


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_no_way_in_is_sent_to_an_address_that_is_only_wished_for(
    rosa: Identity, last_mail: LastMail, address: str
) -> None:
    EmailAddress.objects.create(user=rosa, email="slip@example.org", verified=False)
    Client().post(address, {"email": "slip@example.org"})
    assert last_mail()["Subject"] == "There is no login with this address"


def test_changing_how_one_signs_in_asks_for_the_password_again(rosa: Identity) -> None:
    client = signed_in(rosa)
    for path in ("2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"):
        answer = client.get(f"/accounts/{path}")
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/"), path


def test_a_login_that_is_switched_off_stays_outside(client: Client, rosa: Identity) -> None:
    rosa.is_active = False
    rosa.save()
    answer = sign_in(client, rosa)
    assert answer.headers["Location"] == "/accounts/inactive/"
    assert not is_in(client)


def test_signing_out_needs_a_button_and_not_a_link(rosa: Identity) -> None:
    client = signed_in(rosa)
    client.get("/accounts/logout/")
    assert is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)

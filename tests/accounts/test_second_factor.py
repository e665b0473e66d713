from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from tests.accounts.conftest import add_app, add_spare_codes, app_code, sign_in, signed_in

STAFF_PAGES = ["/desk/", "/desk/blue-spoon/", "/desk/blue-spoon/jobs/", "/operator/", "/api/v1/"]


@pytest.fixture
def host_requires_it(settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_staff_with_one_step_see_their_sign_in_first(
    host_requires_it: None, rosa: Identity, page: str
) -> None:
    client = signed_in(rosa)
    for ask in (client.get, client.post):
        assert ask(page).headers["Location"] == "/accounts/"
    assert "Add a second step to go on" in client.get("/accounts/").content.decode()


def test_a_part_of_a_page_is_not_put_in_place_of_another(
    host_requires_it: None, rosa: Identity
) -> None:
    answer = signed_in(rosa).get("/desk/blue-spoon/lookup/?q=jo", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/"


def test_staff_with_two_steps_go_in(host_requires_it: None, rosa: Identity) -> None:
    add_app(rosa)
    client = Client()
    client.force_login(rosa)
    assert client.get("/desk/blue-spoon/").status_code == 200


def test_spare_codes_alone_are_no_second_step(host_requires_it: None, rosa: Identity) -> None:
    add_spare_codes(rosa)
    assert signed_in(rosa).get("/desk/blue-spoon/").status_code == 302


def test_an_operator_is_asked_too(host_requires_it: None, db: None) -> None:
    operator = Identity.objects.create_user(
        "op@host.example", "a long pass phrase", name="Op", is_operator=True
    )
    assert signed_in(operator).get("/operator/").headers["Location"] == "/accounts/"


def test_who_does_not_work_here_is_not_asked(host_requires_it: None, db: None) -> None:
    jo = Identity.objects.create_user("jo@example.org", "a long pass phrase", name="Jo")
    assert signed_in(jo).get("/desk/").status_code == 200


def test_public_pages_ask_nobody(host_requires_it: None, rosa: Identity) -> None:
    assert signed_in(rosa).get("/e/blue-spoon/").status_code == 200


def test_without_the_setting_a_second_step_is_only_advised(rosa: Identity) -> None:
    client = signed_in(rosa)
    assert client.get("/desk/blue-spoon/").status_code == 200
    assert "We advise a second step" in client.get("/accounts/").content.decode()


def test_a_password_alone_does_not_open_a_login_with_an_app(client: Client, rosa: Identity) -> None:
    add_app(rosa)
    assert sign_in(client, rosa).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/desk/blue-spoon/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": app_code()})
    assert client.get("/desk/blue-spoon/").status_code == 200


def test_a_spare_code_counts_once(client: Client, rosa: Identity) -> None:
    add_app(rosa)
    spare = add_spare_codes(rosa)[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, rosa)
        answer = client.post("/accounts/2fa/authenticate/", {"code": spare})
        assert answer.status_code == expected

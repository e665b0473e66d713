"""A session that ended while somebody was writing: what they wrote comes back to them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application

NOTE = "She asked for the late shift,\nand <b>would</b> start on Monday."
HOST = "http://testserver"


@pytest.fixture
def browser(rosa: Identity) -> Client:
    client = Client(enforce_csrf_checks=True, headers={"Origin": HOST})
    client.force_login(rosa)
    return client


def address(jo: Application) -> str:
    return f"/desk/blue-spoon/applications/{jo.reference}/notes/"


def token_of(page: HttpResponse) -> str:
    return str(page.context["csrf_token"])


def opened(browser: Client, jo: Application) -> str:
    """The token in the form of the call card, which is open from now on."""
    return token_of(browser.get(address(jo).replace("notes", "call")))


def notes(jo: Application) -> list[str]:
    with jo.employer.scope():
        return [event.data["text"] for event in jo.events().filter(kind="note")]


def sent(page: HttpResponse) -> dict[str, Any]:
    """What the page would send."""
    return dict(page.context["given"]) | {"csrfmiddlewaretoken": token_of(page)}


def test_what_was_written_when_the_session_ended_is_sent_after_signing_in(
    browser: Client, jo: Application, rosa: Identity
) -> None:
    token = opened(browser, jo)
    Session.objects.all().delete()
    page = browser.post(address(jo), {"text": NOTE, "csrfmiddlewaretoken": token})
    assert page.status_code == 401
    text = page.content.decode()
    assert "You are signed out." in text
    assert "and &lt;b&gt;would&lt;/b&gt; start on Monday." in text
    assert notes(jo) == []
    browser.force_login(rosa)
    assert browser.post(address(jo), sent(page)).status_code == 302
    assert notes(jo) == [NOTE]


def test_a_form_that_was_open_while_somebody_signed_in_again_is_sent_once_more(
    browser: Client, jo: Application
) -> None:
    stale = opened(browser, jo)
    browser.cookies.pop("csrftoken")  # as a fresh sign-in replaces it
    opened(browser, jo)
    page = browser.post(address(jo), {"text": NOTE, "csrfmiddlewaretoken": stale})
    assert page.status_code == 403
    assert "What you wrote is here." in page.content.decode()
    assert browser.post(address(jo), sent(page)).status_code == 302
    assert notes(jo) == [NOTE]


@pytest.mark.parametrize("origin", ["https://evil.example", ""])
def test_what_may_come_from_another_site_is_never_offered_for_sending(
    origin: str, browser: Client, jo: Application
) -> None:
    headers = {"Origin": origin} if origin else {}
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.cookies = browser.cookies
    opened(client, jo)
    page = client.post(address(jo), {"text": NOTE, "csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert "Monday" not in page.content.decode()


def test_a_password_is_never_sent_back(browser: Client) -> None:
    browser.get("/accounts/login/")
    typed = {"login": "rosa@blue-spoon.example", "password": "a long pass phrase"}
    page = browser.post("/accounts/login/", typed)
    assert page.status_code == 403
    assert "pass phrase" not in page.content.decode()


def test_a_part_of_a_page_is_not_replaced_by_the_login(jo: Application) -> None:
    for method in ("get", "post"):
        ask = getattr(Client(), method)
        assert ask(address(jo), headers={"HX-Request": "true"}).status_code == 401


def test_who_is_signed_out_and_only_looks_is_led_to_the_login(jo: Application) -> None:
    answer = Client().get(address(jo))
    assert answer.headers["Location"] == f"/accounts/login/?next={address(jo)}"

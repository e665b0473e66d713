"""Jo's own page says that mail does not reach them, and takes another address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application
from sincerely.outbox.models import Suppression


@pytest.fixture
def unreached(jo: Application, diner: Employer) -> Application:
    with diner.scope():
        jo.receipt.settle("bounced", source="dsn", evidence="failed 5.1.1 no such user")  # type: ignore[union-attr]
    return jo


def page_of(application: Application) -> str:
    return Client().get(f"/a/{status_token(application)}/").content.decode()


def give(application: Application, email: str, client: Client | None = None) -> Any:
    page = f"/a/{status_token(application)}/address/"
    return (client or Client(enforce_csrf_checks=True)).post(page, {"email": email})


def test_the_page_names_the_address_as_its_owner_knows_it(unreached: Application) -> None:
    page = page_of(unreached)
    assert "We could not reach you at j•••@example.org." in page
    assert "nobody is known there under this address" in page
    assert "jo@example.org" not in page


def test_a_full_mailbox_is_not_a_wrong_address(jo: Application, diner: Employer) -> None:
    with diner.scope():
        jo.receipt.settle("bounced", source="dsn", evidence="failed 5.2.2 full")  # type: ignore[union-attr]
    assert "because the mailbox is full" in page_of(jo)


def test_what_the_team_noted_about_an_address_is_not_shown(
    unreached: Application, diner: Employer
) -> None:
    with diner.scope():
        Suppression.objects.suppress("jo@example.org", "Was rude on the phone")
    page = page_of(unreached)
    assert "We have stopped writing to this address." in page
    assert "rude" not in page


def test_another_address_gets_the_receipt_and_the_page_says_so(
    unreached: Application, diner: Employer
) -> None:
    answer = give(unreached, " Jo@Example.NET ")
    assert (answer.status_code, answer["Referrer-Policy"]) == (302, "no-referrer")
    page = page_of(unreached)
    assert "could not reach you" not in page
    assert "It is on its way to j•••@example.net." in page


@pytest.mark.parametrize(
    "email", ["", "no address", "jo@", "a@b.example, c@d.example", "x" * 9_000]
)
def test_what_is_no_address_is_said_with_what_to_do(unreached: Application, email: str) -> None:
    answer = give(unreached, email)
    assert answer.status_code == 422
    assert b"errorlist" in answer.content


def test_a_link_that_got_about_takes_nobody_s_mail_away(jo: Application, diner: Employer) -> None:
    answer = give(jo, "mallory@example.net")
    assert answer.status_code == 409
    assert b"No mail has come back" in answer.content
    with diner.scope():
        jo.refresh_from_db()
        assert jo.messages().filter(to_address="mallory@example.net").count() == 0
    assert jo.email == "jo@example.org"


def test_it_can_be_tried_a_few_times_a_day(unreached: Application, diner: Employer) -> None:
    for number in range(5):
        assert give(unreached, f"jo{number}@example.net").status_code == 302
        with diner.scope():
            newest = unreached.messages().newest_first()[0]
            newest.settle("bounced", source="dsn", evidence="failed 5.1.1")
    assert give(unreached, "jo6@example.net").status_code == 429


def test_opening_the_address_changes_nothing(unreached: Application) -> None:
    answer = Client().get(f"/a/{status_token(unreached)}/address/", {"email": "x@example.net"})
    assert answer.status_code == 302
    assert "could not reach you" in page_of(unreached)

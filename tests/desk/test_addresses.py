"""Rosa looks after addresses that mail does not reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.outbox.models import Suppression
from tests.desk.conftest import signed_in, text_of

LIST = "/desk/blue-spoon/addresses/"


@pytest.fixture
def lost(jo: Application) -> Application:
    with jo.employer.scope():
        jo.receipt.settle("bounced", source="dsn", evidence="failed 5.1.1 no such user")  # type: ignore[union-attr]
    return jo


def stop(application: Application, address: str = "jo@example.org") -> Suppression:
    with application.employer.scope():
        return Suppression.objects.suppress(address, "Asked us to stop", by="Rosa")


def lifting(row: Suppression) -> str:
    kwargs = {"employer": "blue-spoon", "suppression_id": row.pk}
    return reverse("desk:address_again", kwargs=kwargs)


def test_the_application_says_that_mail_does_not_arrive_and_what_else_there_is(
    at_rosas_desk: Client, lost: Application, page_of: Callable[..., str]
) -> None:
    page = text_of(at_rosas_desk.get(page_of(lost)))
    assert "Our mail does not reach Jo Smith." in page
    assert "nobody is known there under this address" in page
    assert "Slip with code and PIN" in page
    assert "Ask for another address" in text_of(at_rosas_desk.get(page_of(lost, "call_card")))


def test_who_decides_sees_nothing_of_it(
    at_hugos_desk: Client, hugos_job: Job, lost: Application, page_of: Callable[..., str]
) -> None:
    page = text_of(at_hugos_desk.get(page_of(lost)))
    assert "does not reach" not in page
    assert at_hugos_desk.get(LIST).status_code == 404
    assert at_hugos_desk.post(page_of(lost, "another_address")).status_code == 404


def test_another_address_is_used_at_once(
    at_rosas_desk: Client, lost: Application, page_of: Callable[..., str]
) -> None:
    answer = at_rosas_desk.post(
        page_of(lost, "another_address"), {"email": "jo@example.net"}, follow=True
    )
    page = text_of(answer)
    assert "goes to jo@example.net now; the receipt, too." in page
    assert "does not reach" not in page
    assert "Rosa gave another e-mail address: jo@example.net (was jo@example.org)" in page


@pytest.mark.parametrize("email", ["", "no address", "jo@example.com"])
def test_what_cannot_be_used_is_said_why(
    at_rosas_desk: Client, lost: Application, page_of: Callable[..., str], email: str
) -> None:
    stop(lost, "jo@example.com")
    answer = at_rosas_desk.post(page_of(lost, "another_address"), {"email": email}, follow=True)
    assert "Nothing was changed." in text_of(answer)


def test_the_list_says_who_why_and_since_when(at_rosas_desk: Client, jo: Application) -> None:
    assert "Mail goes to everybody." in text_of(at_rosas_desk.get(LIST))
    stop(jo)
    page = text_of(at_rosas_desk.get(LIST))
    for words in ("jo@example.org", "Asked us to stop", "by Rosa", "Jo Smith, Line cook"):
        assert words in page


def test_an_address_is_stopped_with_a_reason_and_written_to_again_with_one(
    at_rosas_desk: Client, jo: Application
) -> None:
    assert at_rosas_desk.post(LIST, {"address": "jo@example.org"}).status_code == 422
    given = {"address": " JO@example.org", "reason": "Asked us to stop"}
    assert "No more mail goes to jo@example.org." in text_of(
        at_rosas_desk.post(LIST, given, follow=True)
    )
    with jo.employer.scope():
        row = Suppression.objects.get()
    refused = at_rosas_desk.post(lifting(row), {"why": "  "})
    assert refused.status_code == 422
    assert "Say why it is worth another try." in text_of(refused)
    page = text_of(at_rosas_desk.post(lifting(row), {"why": "Jo asked for it"}, follow=True))
    assert "Mail goes to jo@example.org again." in page
    assert "by Rosa: Jo asked for it" in page
    assert at_rosas_desk.get(lifting(row)).status_code == 302


def test_another_employer_s_list_is_its_own(jo: Application, mallory: Identity) -> None:
    row = stop(jo)
    client = signed_in(mallory)
    address = reverse(
        "desk:address_again", kwargs={"employer": "st-brigid", "suppression_id": row.pk}
    )
    assert client.post(address, {"why": "mine"}).status_code == 404
    assert "jo@example.org" not in text_of(client.get("/desk/st-brigid/addresses/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_statements_for_three_as_for_one(
    at_rosas_desk: Client, jo: Application, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        stop(jo, f"jo{number}@example.org")
    at_rosas_desk.get(LIST)
    with django_assert_num_queries(STATEMENTS):
        at_rosas_desk.get(LIST)


STATEMENTS = 7

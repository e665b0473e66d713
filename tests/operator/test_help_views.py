from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.operator.help_views import REPORTS_OF_ONE
from sincerely.outbox.models import AccountMail
from sincerely.support.models import Incident
from sincerely.support.noting import note
from tests.careers.conftest import text_of
from tests.support.conftest import DAY, TUESDAY, failed, tell

pytestmark = pytest.mark.django_db


def send(code: str = "", **given: Any) -> HttpResponse:
    fields = {"name": "Jo Smith", "email": "jo@example.org", "did": "I pressed send."}
    fields |= {"form_key": str(uuid7())} | given
    fields = {name: value for name, value in fields.items() if value is not None}
    return Client().post(f"/help/{code}/" if code else "/help/", fields)


def test_the_help_page_names_our_support_and_not_the_employer(client: Client) -> None:
    page = text_of(client.get("/help/"))
    assert "mailto:support@" in page
    assert "no need to call the employer" in page


def test_a_code_is_shown_and_goes_into_the_letter(client: Client) -> None:
    page = text_of(client.get("/help/k7x-4qd/"))
    assert "Code K7X-4QD" in page
    assert "?subject=K7X-4QD" in page


@pytest.mark.parametrize("code", ["x", "<b>", "K7X4QD-K7X4QD", "000-111", "\0"])
def test_what_is_no_code_is_not_shown(client: Client, code: str) -> None:
    assert client.get(f"/help/{code}/").status_code == 404


def test_a_code_that_was_typed_leads_to_its_page(client: Client) -> None:
    assert client.get("/help/?code=k7x+4qd")["Location"] == "/help/K7X-4QD/"
    page = text_of(client.get("/help/?code=<b>0</b>"))
    assert "“&lt;b&gt;0&lt;/b&gt;” is no code of ours" in page


def test_a_failure_that_our_log_has_is_said_to_be_ours(client: Client, cook: Job) -> None:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", name="Jo Smith", email="jo@example.org"))
        assert known
        page = text_of(client.get(f"/help/{known.code}/"))
    assert "That was our fault." in page
    assert "Line cook · Blue Spoon Diner" in page
    assert "12:00" in page  # at the employer's place
    assert "jo@example.org" not in page
    assert "Jo Smith" not in page


def test_a_report_leads_to_the_page_that_says_by_when(client: Client) -> None:
    with clock_at(TUESDAY):
        answer = send("K7X-4QD")
        assert (answer.status_code, answer["Location"]) == (303, "/help/K7X-4QD/")
        page = text_of(client.get("/help/K7X-4QD/"))
    assert "You will hear by" in page
    assert "25 November" in page
    assert "jo@example.org" not in page


def test_without_a_code_one_is_given() -> None:
    answer = send()
    assert answer["Location"] == f"/help/{Incident.objects.get().code}/"


def test_who_goes_back_and_writes_something_else_loses_nothing() -> None:
    key = str(uuid7())
    for _ in range(2):
        send("K7X-4QD", form_key=key, did="I pressed send.")
    send("K7X-4QD", form_key=key, did="I pressed send, and it was the third time.")
    words = list(Incident.objects.get().steps.values_list("text", flat=True))
    assert words == ["I pressed send.", "I pressed send, and it was the third time."]


def test_a_report_that_is_not_complete_loses_nothing() -> None:
    answer = send(did="", saw="It said 500.", email="jo@", reference="12")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Write what you did" in page
    assert "It has ten digits" in page
    assert "It said 500." in page
    assert 'value="jo@"' in page
    assert not Incident.objects.exists()


def test_a_likely_slip_in_the_address_is_asked_about() -> None:
    assert "Did you mean jo@gmail.com?" in text_of(send(email="jo@gmial.com"))


def test_programs_are_asked_to_press_once_more() -> None:
    answer = send(website="https://example.org")
    assert answer.status_code == 422
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"did": "x" * 100_000},
        {"did": "\0\0"},
        {"name": "https://example.org"},
        {"email": "a\nb@example.org"},
        {"form_key": "not a key"},
        {"reference": "१२३४५६७८९०"},
        {"saw": "<script>alert(1)</script>"},
        {"did": "\u202egnp.exe"},
    ],
)
def test_hostile_reports_are_taken_or_refused_in_words(given: dict[str, str]) -> None:
    answer = send("K7X-4QD", **given)
    assert answer.status_code in {303, 422}
    assert "<script>alert(1)" not in text_of(answer)


def test_a_mailbox_is_not_flooded_in_our_name() -> None:
    for _ in range(REPORTS_OF_ONE.most):
        assert send().status_code == 303
    answer = send(did="The eleventh.")
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "The eleventh." in text_of(answer)
    assert AccountMail.objects.count() == REPORTS_OF_ONE.most


def test_the_page_says_where_it_stands(client: Client, jo: Application) -> None:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        incident = tell(known.code)
        address = f"/help/{incident.code}/"
    with clock_at(TUESDAY + 3 * DAY):
        incident.escalate()
        page = text_of(client.get(address))
        assert "We are late, and we are sorry." in page
        assert "You may now call Blue Spoon Diner" in page
        incident.reply("Mended.", by="Operator", solves=False)
        assert "We have answered." in text_of(client.get(address))
        incident.solve(by="Operator")
        page = text_of(client.get(address))
        assert "This is solved." in page
        assert "Mended." not in page
        assert send(incident.code, did="Again.").status_code == 303
        assert "You will hear by" in text_of(client.get(address))


def test_looking_changes_nothing(client: Client) -> None:
    client.get("/help/K7X-4QD/")
    client.head("/help/K7X-4QD/")
    assert not Incident.objects.exists()


def test_the_day_of_the_answer_stands_on_the_form(client: Client) -> None:
    with clock_at(TUESDAY):
        page = text_of(client.get("/help/"))
    assert "Wednesday, 25 November" in page
    assert dt.date(2026, 11, 25).isoformat() in page

"""A caller whom nobody can find, or who cannot prove who they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.links import status_link
from sincerely.hiring.models import Application, Job
from sincerely.outbox.models import Message
from tests.desk.conftest import text_of
from tests.plugins.jobs import run_due_jobs

PANEL = "/desk/blue-spoon/link/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ask(at_rosas_desk: Client) -> Callable[..., str]:
    def post(wanted: str, headers: Any = HTMX) -> str:
        return text_of(at_rosas_desk.post(PANEL, {"wanted": wanted}, headers=headers))

    return post


def links_at(employer: Employer) -> list[Message]:
    run_due_jobs()
    with employer.scope():
        return list(Message.objects.filter(kind="link"))


@pytest.mark.parametrize("spelled", ["Jo@Example.org", "{reference}", "(212) 555-0142"])
def test_an_address_a_reference_or_a_number_will_do(
    spelled: str, cook: Job, apply: Any, diner: Employer, ask: Callable[..., str]
) -> None:
    jo = apply(cook, phone="+12125550142")
    number = f"{jo.reference[:4]} {jo.reference[4:7]} {jo.reference[7:]}"
    assert "the link is on its way to the address in it" in ask(spelled.format(reference=number))
    (message,) = links_at(diner)
    assert message.to_address == "jo@example.org"
    assert status_link(jo) in message.text
    with diner.scope():
        assert jo.events().filter(kind="link_sent", by="Rosa").count() == 1


def test_the_answer_tells_nothing_of_whether_we_know_them(
    jo: Application, ask: Callable[..., str]
) -> None:
    answers, statements = [], []
    for wanted in ("jo@example.org", "nobody@example.org", jo.reference, "1111111111"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(wanted)
        statements.append(len(queries))
        answers.append(re.sub(r'value="\w{64}"', "", answer))
    assert len(set(answers)) == 1
    assert len(set(statements)) == 1
    assert "jo@" not in answers[0]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "Write down one of the three."),
        ("Jo Smith", "A name is not enough"),
        ("jo@", "Something is missing before or after the @."),
        ("12345", "A reference has ten digits"),
        ("\x00", "Null characters are not allowed"),
        ("1" * 400, "at most 300 characters"),
    ],
)
def test_what_is_none_of_them_is_refused_in_words_and_kept(
    wanted: str, said: str, ask: Callable[..., str], diner: Employer
) -> None:
    answer = ask(wanted)
    assert said in answer
    assert "errorlist" in answer
    assert links_at(diner) == []


def test_a_caller_who_asks_again_and_again_has_to_wait(
    jo: Application, ask: Callable[..., str], diner: Employer
) -> None:
    answers = [ask(spelled) for spelled in ("jo@example.org", " JO@example.org") * 3]
    assert ["asked too often" in answer for answer in answers] == [False] * 5 + [True]
    assert len(links_at(diner)) == 1


def test_from_one_desk_no_link_of_another_employer_is_sent(
    jo: Application, mallory: Any, hospital: Employer, diner: Employer
) -> None:
    client = Client()
    client.force_login(mallory)
    for wanted in (jo.reference, "jo@example.org"):
        answer = text_of(client.post("/desk/st-brigid/link/", {"wanted": wanted}, headers=HTMX))
        assert "the link is on its way to the address in it" in answer
    assert links_at(diner) == links_at(hospital) == []


def test_what_was_typed_in_the_look_up_goes_along_unless_it_is_a_name(
    at_rosas_desk: Client,
) -> None:
    def field(scrap: str) -> str:
        return text_of(at_rosas_desk.get(PANEL, {"q": scrap})).partition('name="wanted"')[2][:120]

    assert 'value="jo@example.com"' in field("jo@example.com")
    assert 'value="4477"' in field("4477")
    assert "value=" not in field("smith")


def test_without_scripts_it_is_a_page_of_its_own(
    at_rosas_desk: Client, jo: Application, ask: Callable[..., str]
) -> None:
    assert "<html" in text_of(at_rosas_desk.get(PANEL))
    page = ask("jo@example.org", headers={})
    assert "<html" in page
    assert "the link is on its way to the address in it" in page


def test_opening_it_sends_nothing(at_rosas_desk: Client, jo: Application, diner: Employer) -> None:
    at_rosas_desk.get(PANEL, {"q": jo.email, "wanted": jo.email})
    assert links_at(diner) == []


def test_who_was_found_is_sent_the_link_without_the_address_being_shown(
    at_rosas_desk: Client, jo: Application, diner: Employer, page_of: Any
) -> None:
    address = page_of(jo, "link_to_applicant")
    assert at_rosas_desk.get(address)["Location"] == page_of(jo, "call_card")
    answer = text_of(at_rosas_desk.post(address, headers=HTMX))
    assert "The link is on its way to the address we have." in answer
    assert "Rosa sent the link to the status page, as a caller wished" in answer
    assert "was sent moments ago" in text_of(at_rosas_desk.post(address, headers=HTMX))
    assert at_rosas_desk.post(address)["Location"] == page_of(jo, "call_card")
    (message,) = links_at(diner)
    assert message.to_address == "jo@example.org"


def test_one_application_is_not_sent_links_without_end(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    address = page_of(jo, "link_to_applicant")
    answers = [text_of(at_rosas_desk.post(address, headers=HTMX)) for _ in range(6)]
    assert ["asked too often" in answer for answer in answers] == [False] * 5 + [True]


def test_without_an_address_no_link_is_offered(
    at_rosas_desk: Client, cook: Job, apply: Any, page_of: Any
) -> None:
    lee = apply(cook, name="Lee", email="", phone="+12125550199")
    assert "Send link" not in text_of(at_rosas_desk.get(page_of(lee, "call_card")))
    answer = at_rosas_desk.post(page_of(lee, "link_to_applicant"), headers=HTMX)
    assert "there is no address" in text_of(answer)


def test_hugo_sends_a_link_and_does_not_see_how_often_somebody_called(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, page_of: Any
) -> None:
    answer = text_of(at_hugos_desk.post(page_of(jo, "link_to_applicant"), headers=HTMX))
    assert "on its way" in answer
    assert "as a caller wished" not in answer

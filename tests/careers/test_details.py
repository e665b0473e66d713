from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sincerely.hiring.links import status_token
from sincerely.hiring.missing import BY_MAIL
from sincerely.hiring.models import Application, Job, Question
from tests.careers.conftest import text_of


@pytest.fixture
def jo(cook: Job, apply: Callable[..., Application]) -> Application:
    """Jo applied by mail, without a resume; the job asks two questions."""
    with cook.employer.scope():
        Question.objects.create(job=cook, text="Which shifts?", required=True)
        Question.objects.create(job=cook, text="Are you vegan?", kind="yes_no", position=1)
    return apply(cook, source=BY_MAIL)


@pytest.fixture
def page(jo: Application) -> str:
    return f"/a/{status_token(jo)}/details/"


def fields(jo: Application) -> dict[str, str]:
    with jo.employer.scope():
        shifts, vegan = Question.objects.order_by("position")
    return {"shifts": f"question-{shifts.pk}", "vegan": f"question-{vegan.pk}"}


def again(jo: Application) -> Application:
    with jo.employer.scope():
        return Application.objects.for_page().get(pk=jo.pk)


def resume() -> SimpleUploadedFile:
    return SimpleUploadedFile("resume.txt", b"Jo Smith, cook")


def test_the_status_page_says_what_is_missing_and_leads_there(
    jo: Application, page: str, visitor: Client
) -> None:
    shown = visitor.get(page.removesuffix("details/")).content.decode()
    assert "Still missing: your resume, answers to 2 questions and a phone number" in shown
    assert page in shown


def test_who_applied_by_the_form_is_asked_for_nothing(
    cook: Job, apply: Callable[..., Application], visitor: Client
) -> None:
    pat = apply(cook, email="pat@example.org")
    address = f"/a/{status_token(pat)}/"
    assert "missing" not in visitor.get(address).content.decode()
    assert visitor.get(f"{address}details/").status_code == 302


def test_all_of_it_can_be_added_at_once(jo: Application, page: str, visitor: Client) -> None:
    given: dict[str, Any] = {fields(jo)["shifts"]: "Early", "phone": "212 555 0142"}
    answer = visitor.post(page, given | {"resume": resume()})
    assert answer["Location"] == page.removesuffix("details/")
    now = again(jo)
    assert now.answers == [{"question": "Which shifts?", "answer": "Early"}]
    assert (now.phone, now.document.name) == ("+12125550142", "resume.txt")


def test_a_part_of_it_is_fine_and_the_rest_is_asked_for_again(
    jo: Application, page: str, visitor: Client
) -> None:
    visitor.post(page, {fields(jo)["vegan"]: "No"})
    shown = text_of(visitor.get(page))
    assert "vegan" not in shown
    assert "Which shifts?" in shown


def test_sent_twice_it_is_added_once(jo: Application, page: str, visitor: Client) -> None:
    for _ in range(2):
        visitor.post(page, {fields(jo)["shifts"]: "Early"})
    assert len(again(jo).answers) == 1
    with jo.employer.scope():
        assert jo.events().filter(kind="completed").count() == 1


def test_a_mistake_loses_neither_words_nor_file(
    jo: Application, page: str, visitor: Client
) -> None:
    given = {fields(jo)["shifts"]: "Early", "phone": "12", "resume": resume()}
    answer = visitor.post(page, given)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Early" in shown
    assert "kept_file" in shown


def test_nothing_filled_in_says_so(jo: Application, page: str, visitor: Client) -> None:
    answer = visitor.post(page, {})
    assert (answer.status_code, "Nothing was filled in" in answer.content.decode()) == (422, True)


def test_a_program_as_resume_is_refused(jo: Application, page: str, visitor: Client) -> None:
    bad = SimpleUploadedFile("resume.pdf", b"MZ\x90\0" * 50)
    assert visitor.post(page, {"resume": bad}).status_code == 422
    assert again(jo).document is None


def test_after_the_end_there_is_nothing_to_add(jo: Application, page: str, visitor: Client) -> None:
    with jo.employer.scope():
        jo.withdraw()
    assert visitor.post(page, {"phone": "212 555 0142"}).status_code == 302
    assert again(jo).phone == ""


def test_the_desk_shows_what_was_added(
    jo: Application, page: str, visitor: Client, client: Client, rosa: Any
) -> None:
    visitor.post(page, {fields(jo)["shifts"]: "Early", "phone": "212 555 0142"})
    client.force_login(rosa)
    shown = client.get(f"/desk/blue-spoon/applications/{jo.reference}/").content.decode()
    assert "The applicant added answers and a phone number" in shown

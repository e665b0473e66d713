from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.links import status_link
from sincerely.hiring.models import Application, Job
from sincerely.outbox.models import Message
from tests.careers.conftest import text_of
from tests.plugins.jobs import run_due_jobs

Apply = Callable[..., Application]


@pytest.fixture
def ask(visitor: Client) -> Callable[..., HttpResponse]:
    def post(wanted: str, path: str = "/e/blue-spoon/link/") -> HttpResponse:
        return visitor.post(path, {"wanted": wanted})

    return post


def links_sent(employer: Employer) -> list[Message]:
    run_due_jobs()
    with employer.scope():
        return list(Message.objects.filter(kind="link").order_by("created_at"))


def test_the_link_goes_to_the_address_that_we_have(
    jo: Application, ask: Callable[..., HttpResponse], diner: Employer
) -> None:
    assert "Look into your mail." in text_of(ask("JO@example.org"))
    (message,) = links_sent(diner)
    assert message.to_address == "jo@example.org"
    assert status_link(jo) in message.text


def test_the_answer_is_the_same_for_everybody(
    jo: Application, ask: Callable[..., HttpResponse], diner: Employer
) -> None:
    answers, statements = [], []
    for wanted in ("jo@example.org", "nobody@example.org", jo.reference, "1111111111"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(ask(wanted).content)
        statements.append(len(queries))
    assert len(set(answers)) == 1
    assert len(set(statements)) == 1


def test_each_application_of_that_address_there_gets_its_link(
    jo: Application, cook: Job, apply: Apply, ask: Callable[..., HttpResponse],
    diner: Employer, hospital: Employer, rosa: Identity,
) -> None:  # fmt: skip
    with diner.scope():
        server = Job.objects.create(title="Server", slug="server", recruiter=rosa)
        server.open(by=rosa)
    with hospital.scope():
        nurse = Job.objects.create(title="Nurse", slug="nurse", state="open")
    apply(server)
    apply(nurse)
    ask("jo@example.org")
    about = {message.about_id for message in links_sent(diner)}
    with diner.scope():
        assert about == set(Application.objects.values_list("pk", flat=True))
    assert links_sent(hospital) == []


def test_a_reference_is_enough_however_it_is_written_and_wherever(
    jo: Application, ask: Callable[..., HttpResponse], diner: Employer
) -> None:
    number = jo.reference
    ask(f" {number[:4]} {number[4:7]}-{number[7:]} ", "/link/")
    (message,) = links_sent(diner)
    assert message.about_id == jo.pk


def test_asking_again_and_again_sends_one_mail(
    jo: Application, ask: Callable[..., HttpResponse], diner: Employer
) -> None:
    for _ in range(3):
        ask("jo@example.org")
    assert len(links_sent(diner)) == 1


def test_asking_too_often_has_to_wait(ask: Callable[..., HttpResponse], diner: Employer) -> None:
    answers = [ask("jo@example.org").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize("wanted", ["", "jo", "12345", "\x00"])
def test_what_is_neither_is_refused_in_words(
    wanted: str, ask: Callable[..., HttpResponse], diner: Employer
) -> None:
    answer = ask(wanted)
    assert answer.status_code == 422
    assert "errorlist" in text_of(answer)


def test_without_an_employer_only_a_reference_will_do(
    ask: Callable[..., HttpResponse], db: None
) -> None:
    assert "ten digits, such as" in text_of(ask("jo@example.org", "/link/"))

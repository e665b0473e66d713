from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.models import Application, Candidate, Job
from sincerely.hiring.published_job import published_job
from sincerely.kernel.ids import uuid7


def test_an_application_is_received_with_its_receipt(jo: Application, at_diner: Employer) -> None:
    assert jo.stage.name == "New"
    assert jo.receipt
    assert jo.receipt.state == "queued"
    assert jo.reference[:4] in jo.receipt.text
    assert jo.promises.get().due_on == jo.due_on


def test_the_same_form_sent_twice_is_one_application(cook: Job, at_diner: Employer) -> None:
    form = Submission(id=uuid7(), name="Jo Smith", email="jo@example.org")
    assert receive(cook, form) == receive(cook, form)
    assert Application.objects.count() == 1
    assert Application.objects.get().messages().count() == 1


def test_who_applies_a_second_time_is_answered_alike_and_told_by_mail(
    cook: Job, jo: Application, at_diner: Employer
) -> None:
    again = receive(cook, Submission(id=uuid7(), name="Somebody", email="jo@example.org"))
    assert again.reference != jo.reference
    assert again.due_on == jo.due_on
    assert Application.objects.count() == Candidate.objects.count() == 1
    assert jo.messages().filter(kind="applied_again").count() == 1
    assert Candidate.objects.get().name == "Jo Smith"


def test_intake_takes_one_statement(
    cook: Job, apply: Callable[..., Application], at_diner: Employer
) -> None:
    apply(cook, email="first@example.org")
    cook = published_job("blue-spoon", "line-cook")  # as the form reads it
    with CaptureQueriesContext(connection) as queries:
        receive(cook, Submission(id=uuid7(), name="Jo", email="jo@example.org"))
    real = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(real) == 1, "\n".join(real)


def test_a_second_application_sent_fifty_times_is_told_once(
    cook: Job, jo: Application, at_diner: Employer
) -> None:
    form = Submission(id=uuid7(), name="Jo Smith", email=jo.email)
    answers = {receive(cook, form) for _ in range(50)}
    assert len(answers) == 1
    assert jo.messages().filter(kind="applied_again").count() == 1


def test_who_withdrew_may_apply_again(cook: Job, jo: Application, at_diner: Employer) -> None:
    jo.withdraw()
    answers = [{"question": "When can you start?", "answer": "Tomorrow"}]
    receive(cook, Submission(id=uuid7(), name="Jo Smith", email=jo.email, answers=answers))
    jo = Application.objects.for_page().get(pk=jo.pk)
    assert jo.is_open
    assert jo.answers == answers
    assert jo.messages().filter(kind="receipt").count() == 2
    assert jo.messages().get(kind="withdrawn").state == "skipped"
    assert jo.promises.open().get().due_on == jo.due_on


def test_who_was_declined_is_not_reopened_by_applying_again(
    cook: Job, jo: Application, rosa: Identity, at_diner: Employer
) -> None:
    jo.decline(by=rosa)
    receive(cook, Submission(id=uuid7(), name="Jo Smith", email=jo.email))
    assert not Application.objects.get(pk=jo.pk).is_open

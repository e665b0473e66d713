"""What failed through our fault counts at the time of the first try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.front_desk import take_in
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.late_drafts import accept
from sincerely.hiring.models import Application, ApplicationDraft, Failure, Job
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message
from sincerely.support.models import Incident
from tests.support.conftest import DAY, TUESDAY, broken_apply, tell

__all__ = ["broken_apply"]  # a fixture
Send = Callable[..., HttpResponse]
FORM = "/e/blue-spoon/jobs/line-cook/apply/"


def send(key: Any, **given: Any) -> HttpResponse:
    fields = {"name": "Jo Smith", "email": "jo@example.org", "form_key": str(key)} | given
    return Client().post(FORM, fields)


def test_the_form_sent_again_counts_from_the_first_try(broken_apply: Send, diner: Employer) -> None:
    key = uuid7()
    with clock_at(TUESDAY):
        broken_apply(form_key=str(key))
    with clock_at(TUESDAY + DAY):
        broken_apply(form_key=str(key))
    with clock_at(TUESDAY + 2 * DAY):
        assert send(key).status_code == 303
    with diner.scope():
        application = Application.objects.get(pk=key)
        assert application.applied_at == TUESDAY
        assert application.events().filter(kind="failed_before").count() == 1
        assert application.due_on > (TUESDAY + 2 * DAY).date()  # promised from now on
        assert Failure.objects.get().solved_at
    assert Incident.objects.get().solved_at


def test_so_does_another_form_of_the_same_person_for_the_same_job(
    broken_apply: Send, diner: Employer, rosa: Identity
) -> None:
    with clock_at(TUESDAY):
        broken_apply(email="Jo@Example.org")
    with clock_at(TUESDAY + DAY):
        send(uuid7(), email="ann@example.org")
        send(uuid7())
    with diner.scope():
        jo = Application.objects.get(email="jo@example.org")
        assert jo.applied_at == TUESDAY
        assert Application.objects.get(email="ann@example.org").applied_at == TUESDAY + DAY
        assert Failure.objects.get().application_key == jo.pk


def test_and_another_job_does_not(broken_apply: Send, diner: Employer, rosa: Identity) -> None:
    with clock_at(TUESDAY):
        broken_apply()
    with diner.scope(), clock_at(TUESDAY + DAY):
        other = Job.objects.create(title="Server", slug="server", recruiter=rosa)
        other.open(by=rosa)
        key = uuid7()
        receive(other, Submission(id=key, name="Jo Smith", email="jo@example.org"))
        assert Application.objects.get(pk=key).applied_at == TUESDAY + DAY


def test_at_the_front_desk_it_counts_from_the_first_try_too(
    broken_apply: Send, cook: Job, rosa: Identity
) -> None:
    with clock_at(TUESDAY):
        broken_apply()
    with cook.employer.scope(), clock_at(TUESDAY + DAY):
        form = Submission(id=uuid7(), name="Jo Smith", email="jo@example.org", source="walk-in")
        taken = take_in(cook, form, by=rosa)
        assert taken.application.applied_at == TUESDAY


def test_a_job_that_closed_in_between_keeps_the_first_try(
    broken_apply: Send, cook: Job, rosa: Identity
) -> None:
    key = uuid7()
    with clock_at(TUESDAY):
        broken_apply(form_key=str(key))
    with cook.employer.scope(), clock_at(TUESDAY + DAY):
        cook.pause(by=rosa)
        send(key)
        draft = ApplicationDraft.objects.get()
        assert draft.at == TUESDAY
        assert accept(draft, by=rosa).applied_at == TUESDAY
    assert Incident.objects.get().solved_at


def test_who_asked_support_hears_that_it_arrived(broken_apply: Send, diner: Employer) -> None:
    key = uuid7()
    with clock_at(TUESDAY):
        tell(broken_apply(form_key=str(key)).context["code"])
        send(key)
    assert not Incident.objects.get().waits
    with diner.scope():
        assert (
            "It counts from Tuesday, 24 November"
            in Message.objects.get(kind="support_arrived").text
        )


def test_a_form_that_was_received_before_the_page_failed_is_over_at_once(
    cook: Job, diner: Employer, monkeypatch: Any
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("a bug")

    key = uuid7()
    with monkeypatch.context() as patched:
        patched.setattr("sincerely.careers.apply.redirect_to_received", fail)
        fields = {"name": "Jo Smith", "email": "jo@example.org", "form_key": str(key)}
        client = Client(raise_request_exception=False)
        assert client.post(FORM, fields).status_code == 500
    with diner.scope():
        assert Application.objects.get(pk=key)
        assert Failure.objects.get().solved_at
    assert Incident.objects.get().solved_at


def test_a_failed_second_application_changes_nothing_of_the_first(
    broken_apply: Send, jo: Application, diner: Employer
) -> None:
    with clock_at(clock.now() + dt.timedelta(days=3)):
        broken_apply()
    with diner.scope():
        assert Application.objects.get().applied_at == jo.applied_at
        assert Failure.objects.get().solved_at


def test_what_support_has_solved_still_counts_from_the_first_try_when_it_comes(
    broken_apply: Send, diner: Employer
) -> None:
    key = uuid7()
    with clock_at(TUESDAY):
        incident = tell(broken_apply(form_key=str(key)).context["code"])
        incident.reply("Send it again.", by="Operator", solves=True)
    with clock_at(TUESDAY + DAY):
        send(key)
    with diner.scope():
        assert Application.objects.get(pk=key).applied_at == TUESDAY
        assert not Message.objects.filter(kind="support_arrived").exists()
    incident.refresh_from_db()
    assert incident.solved_at == TUESDAY
    assert incident.steps.filter(kind="arrived").exists()

from __future__ import annotations

import pytest

from sincerely.hiring.models import Call, Job
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db
CLOSING = "/desk/blue-spoon/jobs/line-cook/closing/"
HTMX = {"HX-Request": "true"}


def state_of(job: Job) -> str:
    with job.employer.scope():
        return Job.objects.get(pk=job.pk).state


def test_the_page_says_how_many_have_no_answer_and_how_one_would_read_it(
    client, rosa, cook, jo, apply
):
    apply(cook, name="Ann", email="ann@example.org")
    client.force_login(rosa)
    page = client.get(CLOSING).content.decode()
    assert "2 people in it have no answer yet" in page
    assert "the job has been filled" in page
    assert "Hello Jo Smith" in page


def test_another_reason_brings_its_own_text_unless_one_was_written(client, rosa, cook, jo):
    client.force_login(rosa)
    form = client.get(CLOSING).context["form"]
    sent = {"reason": "job_cancelled", "subject": form["subject"].value()}
    page = client.post(f"{CLOSING}preview/", sent | {"text": form["text"].value()})
    assert "decided not to fill this job" in page.content.decode()
    page = client.post(f"{CLOSING}preview/", sent | {"text": "My own words, {name}."})
    assert "My own words, Jo Smith." in page.content.decode()
    assert state_of(cook) == "open"


def test_closing_tells_everyone_and_shows_how_far_it_is(client, rosa, cook, jo, apply, run_jobs):
    cook.employer.undo_minutes = 0
    cook.employer.save()
    apply(cook, name="Ann", email="ann@example.org")
    client.force_login(rosa)
    sent = {"reason": "job_filled", "subject": "{job}", "text": "It is filled, {name}."}
    assert client.post(CLOSING, sent).headers["Location"] == CLOSING
    assert state_of(cook) == "closing"
    assert "0 of 2" in client.get(CLOSING).content.decode()
    run_jobs()
    assert client.get(f"{CLOSING}progress/", headers=HTMX).status_code == 200
    with cook.employer.scope():
        for message in Message.objects.filter(kind="job_filled"):
            message.settle(Message.State.SENT, source="smtp")
            message.settle(Message.State.RELAYED, source="report")
    page = client.get(f"{CLOSING}progress/", headers=HTMX)
    assert page.status_code == 286
    assert "2 of 2" in page.content.decode()
    assert "every 1s" not in page.content.decode()
    assert state_of(cook) == "closed"
    with cook.employer.scope():
        text = Message.objects.get(kind="job_filled", to_name="Ann").text
    assert text == "It is filled, Ann."


def test_who_cannot_be_written_to_is_to_be_called_before_the_job_is_closed(
    client, rosa, cook, apply, run_jobs
):
    walk_in = apply(cook, email="", phone="+12025550123")
    cook.employer.undo_minutes = 0
    cook.employer.save()
    client.force_login(rosa)
    client.post(CLOSING, {"reason": "job_filled", "subject": "s", "text": "t"})
    run_jobs()
    page = client.get(CLOSING).content.decode()
    assert "To be told by somebody" in page
    assert "+12025550123" in page
    with cook.employer.scope():
        walk_in.refresh_from_db()
        walk_in.log_call(Call.Kind.CALL, by=rosa, told=True)
    client.post(CLOSING)
    assert state_of(cook) == "closed"


def test_an_unknown_placeholder_is_refused_and_nobody_is_told(client, rosa, cook, jo):
    client.force_login(rosa)
    sent = {"reason": "job_filled", "subject": "s", "text": "Dear {nmae}"}
    assert "{nmae} is not a placeholder" in client.post(CLOSING, sent).content.decode()
    assert state_of(cook) == "open"


def test_of_two_who_close_a_job_the_second_sees_the_progress(client, rosa, cook, jo):
    client.force_login(rosa)
    sent = {"reason": "job_filled", "subject": "s", "text": "t"}
    client.post(CLOSING, sent)
    assert client.post(CLOSING, sent | {"reason": "job_cancelled"}).status_code == 302
    assert state_of(cook) == "closing"

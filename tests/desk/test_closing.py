from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


def sent_by(client: Any, **change: str) -> dict[str, str]:
    """The page's form as a browser would send it, with the words of the first stage changed."""
    context = client.get(CLOSING).context
    form = {"reason": context["form"]["reason"].value()}
    for number, section in enumerate(context["sections"]):
        for field in section.form:
            own = change.get(field.name) if number == 0 else None
            form[field.html_name] = own or field.value()
    return form | {name: value for name, value in change.items() if name in ("reason", "then")}


def test_another_reason_brings_its_own_text_unless_one_was_written(client, rosa, cook, jo):
    client.force_login(rosa)
    page = client.post(f"{CLOSING}preview/", sent_by(client, reason="job_cancelled"))
    assert "decided not to fill this job" in page.content.decode()
    page = client.post(f"{CLOSING}preview/", sent_by(client, text="My own words, {name}."))
    assert "My own words, Jo Smith." in page.content.decode()
    page = client.post(f"{CLOSING}preview/", sent_by(client, reason="job_filled"))
    assert "My own words, Jo Smith." in page.content.decode()
    assert state_of(cook) == "open"


def test_what_was_written_is_still_there_after_a_look_at_the_people(client, rosa, cook, jo):
    client.force_login(rosa)
    stage = str(jo.stage_id)
    answer = client.post(CLOSING, sent_by(client, text="Mine, {name}.", then=stage))
    assert answer.headers["Location"] == f"{CLOSING}people/?stage={stage}"
    assert "Mine, Jo Smith." in client.get(answer.headers["Location"]).content.decode()
    assert "Mine, Jo Smith." in client.get(CLOSING).content.decode()
    assert state_of(cook) == "open"


def test_a_line_for_one_person_is_kept_and_shown_as_it_will_be_read(client, rosa, cook, jo, apply):
    ann = apply(cook, name="Ann", email="ann@example.org")
    client.force_login(rosa)
    people = f"{CLOSING}people/?stage={jo.stage_id}"
    client.post(people, {f"line-{ann.reference}": "Your soup was the best."})
    page = client.get(people).content.decode()
    assert "Hello Ann,\n\nYour soup was the best.\n\nthank you" in page
    assert page.count("Your soup was the best.") == 2
    long = client.post(people, {f"line-{ann.reference}": "x" * 1001}).content.decode()
    assert "This has 1001 characters; 1000 fit." in long
    assert "x" * 1001 in long


def test_a_stage_that_is_none_is_not_there(client, rosa, cook, jo, mallory):
    client.force_login(rosa)
    assert client.get(f"{CLOSING}people/?stage=nonsense").status_code == 404
    assert client.get(f"{CLOSING}people/?stage={jo.pk}").status_code == 404


def test_a_page_of_people_takes_as_many_statements_for_three_as_for_one(
    client, rosa, cook, jo, apply, django_assert_num_queries
):
    client.force_login(rosa)
    people = f"{CLOSING}people/?stage={jo.stage_id}"
    client.get(people)
    with CaptureQueriesContext(connection) as one:
        client.get(people)
    for name in ("ann", "bob"):
        apply(cook, name=name, email=f"{name}@example.org")
    with django_assert_num_queries(len(one)):
        client.get(people)


def test_closing_tells_everyone_and_shows_how_far_it_is(client, rosa, cook, jo, apply, run_jobs):
    cook.employer.undo_minutes = 0
    cook.employer.save()
    apply(cook, name="Ann", email="ann@example.org")
    client.force_login(rosa)
    sent = sent_by(client, text="It is filled, {name}.")
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
    client.post(CLOSING, sent_by(client))
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
    sent = sent_by(client, text="Dear {nmae}")
    assert "{nmae} is not a placeholder" in client.post(CLOSING, sent).content.decode()
    assert state_of(cook) == "open"


def test_of_two_who_close_a_job_the_second_sees_the_progress(client, rosa, cook, jo):
    client.force_login(rosa)
    sent = sent_by(client)
    client.post(CLOSING, sent)
    assert client.post(CLOSING, sent | {"reason": "job_cancelled"}).status_code == 302
    assert state_of(cook) == "closing"


def test_who_holds_an_offer_is_shown_as_left_out(client, rosa, cook, jo, apply, run_jobs):
    with cook.employer.scope():
        waiter = Job.objects.create(title="Waiter", slug="waiter", recruiter=rosa)
        waiter.open(by=rosa)
        apply(waiter).hire(by=rosa)
    client.force_login(rosa)
    people = client.get(f"{CLOSING}people/?stage={jo.stage_id}").content.decode()
    assert "Holds an offer as Waiter: left out until you decide" in people
    client.post(CLOSING, sent_by(client))
    run_jobs()
    page = client.get(f"{CLOSING}progress/", headers=HTMX)
    assert "Hired as Waiter" in page.content.decode()
    assert page.status_code == 286

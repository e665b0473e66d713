from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.hiring.models import Job
from sincerely.kernel import clock

pytestmark = pytest.mark.django_db
JOBS = "/desk/blue-spoon/jobs/"


def test_the_list_counts_open_new_and_late_applications(client, rosa, cook, apply):
    jo = apply(cook)
    apply(cook, name="Ann", email="ann@example.org")
    with cook.employer.scope():
        jo.move(cook.employer.stages.get(name="Review"), by=rosa)
    client.force_login(rosa)
    page = client.get(JOBS).content.decode()
    assert "2 open applications" in page
    assert "1 new" in page
    assert " late" not in page.split("<main")[1]
    with clock.clock_at(clock.now() + dt.timedelta(days=60)):
        assert "2 late" in client.get(JOBS).content.decode()


def test_statements_do_not_grow_with_the_jobs(client, rosa, cook, apply):
    client.force_login(rosa)
    apply(cook)
    client.get(JOBS)
    with CaptureQueriesContext(connection) as with_one:
        client.get(JOBS)
    with cook.employer.scope():
        for title in ("Waiter", "Host"):
            Job.objects.create(title=title, slug=title.lower(), recruiter=rosa)
    with CaptureQueriesContext(connection) as with_three:
        client.get(JOBS)
    assert len(with_three) == len(with_one)


def test_the_list_is_narrowed_by_title_state_and_owner(client, rosa, ada, cook):
    with cook.employer.scope():
        Job.objects.create(title="Waiter", slug="waiter", recruiter=ada)
    client.force_login(rosa)
    for query, shown, hidden in (
        ({"q": "line"}, "Line cook", "Waiter"),
        ({"state": "draft"}, "Waiter", "Line cook"),
        ({"owner": ada.email}, "Waiter", "Line cook"),
    ):
        page = client.get(JOBS, query).content.decode()
        assert shown in page
        assert hidden not in page
    assert "No job fits" in client.get(JOBS, {"q": "astronaut"}).content.decode()


def test_hugo_sees_his_jobs_only(client, hugo, cook):
    client.force_login(hugo)
    assert "Line cook" not in client.get(JOBS).content.decode()
    with cook.employer.scope():
        cook.add_to_team(hugo)
    page = client.get(JOBS).content.decode()
    assert "Line cook" in page
    assert "New job" not in page


def test_a_job_is_opened_paused_and_opened_again(client, rosa, diner):
    client.force_login(rosa)
    with diner.scope():
        job = Job.objects.create(title="Host", slug="host", recruiter=rosa)
    for to, state in (("open", "open"), ("pause", "paused"), ("reopen", "open")):
        assert client.post(f"{JOBS}host/state/", {"to": to}).status_code == 302
        with diner.scope():
            job.refresh_from_db()
        assert job.state == state


def test_what_the_state_of_a_job_forbids_is_said(client, rosa, cook):
    client.force_login(rosa)
    answer = client.post(f"{JOBS}line-cook/state/", {"to": "open"}, follow=True)
    assert "This job is open." in answer.content.decode()
    assert client.get(f"{JOBS}line-cook/state/").status_code == 302


def test_hugo_changes_no_state(client, hugo, cook):
    with cook.employer.scope():
        cook.add_to_team(hugo)
    client.force_login(hugo)
    assert client.post(f"{JOBS}line-cook/state/", {"to": "pause"}).status_code == 404

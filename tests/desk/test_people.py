from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.desk import people
from sincerely.hiring.models import Application, Candidate, Job
from tests.desk.conftest import text_of

PEOPLE = "/desk/blue-spoon/people/"


def test_everybody_stands_here_once_with_each_of_their_applications(
    at_rosas_desk: Client, jo: Application, apply: Callable[..., Application], rosa: Identity
) -> None:
    with jo.employer.scope():
        job = Job.objects.create(title="Dishwasher", slug="dishwasher", recruiter=rosa)
        job.open(by=rosa)
    apply(job)
    ((person, applications),) = at_rosas_desk.get(PEOPLE).context["rows"]
    assert person.name == "Jo Smith"
    assert [one.job.title for one in applications] == ["Dishwasher", "Line cook"]


def test_a_scrap_finds_whom_the_look_up_finds(at_rosas_desk: Client, jo: Application) -> None:
    page = text_of(at_rosas_desk.get(PEOPLE, {"q": "smi"}))
    assert "<mark>Smi</mark>th" in page
    assert "Nobody found." in text_of(at_rosas_desk.get(PEOPLE, {"q": "zzz"}))


def test_hugo_sees_the_people_of_his_jobs_alone(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, apply: Any, rosa: Identity
) -> None:
    with jo.employer.scope():
        job = Job.objects.create(title="Dishwasher", slug="dishwasher", recruiter=rosa)
        job.open(by=rosa)
    apply(job, name="Ana Rivera", email="ana@example.org")
    page = text_of(at_hugos_desk.get(PEOPLE))
    assert "Jo Smith" in page
    assert "Ana Rivera" not in page
    assert "Nobody found." in text_of(at_hugos_desk.get(PEOPLE, {"q": "rivera"}))


def test_many_people_come_in_pages(at_rosas_desk: Client, jo: Application) -> None:
    with jo.employer.scope():
        Candidate.objects.bulk_create(Candidate(name=f"Lee {number}") for number in range(60))
    assert "1–50 of 61" in " ".join(text_of(at_rosas_desk.get(PEOPLE)).split())
    assert len(at_rosas_desk.get(PEOPLE, {"page": "2"}).context["rows"]) == 11
    assert len(at_rosas_desk.get(PEOPLE, {"page": "nonsense"}).context["rows"]) == 50


def test_of_very_many_people_the_newest_are_listed_and_the_page_says_so(
    at_rosas_desk: Client, jo: Application, monkeypatch: Any
) -> None:
    monkeypatch.setattr(people, "MOST_LISTED", 52)
    assert "The newest" not in text_of(at_rosas_desk.get(PEOPLE))
    with jo.employer.scope():
        Candidate.objects.bulk_create(Candidate(name=f"Lee {number}") for number in range(60))
    answer = at_rosas_desk.get(PEOPLE, {"page": "2"})
    assert len(answer.context["rows"]) == 2
    assert "The newest 52 people" in text_of(answer)


def test_the_list_takes_as_many_statements_for_three_rows_as_for_one(
    at_rosas_desk: Client, jo: Application, apply: Callable[..., Application]
) -> None:
    at_rosas_desk.get(PEOPLE)
    with CaptureQueriesContext(connection) as once:
        at_rosas_desk.get(PEOPLE)
    for name in ("Lee", "Kim"):
        apply(jo.job, name=name, email=f"{name}@example.org")
    with CaptureQueriesContext(connection) as thrice:
        at_rosas_desk.get(PEOPLE)
    assert len(thrice) == len(once) <= 8

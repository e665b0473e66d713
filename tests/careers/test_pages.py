from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.founding import found_employer
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.kernel.clock import clock_at
from tests.careers.conftest import text_of


def open_job(employer: Employer, number: int, by: Any, **more: Any) -> Job:
    with employer.scope():
        job = Job.objects.create(title=f"Cook {number}", slug=f"cook-{number}", **more)
        job.open(by=by)
    return job


# ── The front page ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_takes_two_statements_however_many_hire(
    count: int, visitor: Client, rosa: Identity
) -> None:
    for number in range(count):
        employer = found_employer(name=f"Diner {number}", slug=f"diner-{number}")
        open_job(employer, number, rosa)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(visitor.get("/"))
    assert page.count('class="job"') == count
    assert len(queries) == 2


def test_the_front_page_shows_who_hires_and_nobody_else(
    visitor: Client, cook: Job, hospital: Employer
) -> None:
    page = text_of(visitor.get("/"))
    assert "Blue Spoon Diner" in page
    assert "1 job<" in page
    assert "St. Brigid" not in page


def test_the_front_page_of_an_empty_host_says_so(visitor: Client, db: None) -> None:
    assert "No employer has an open job at the moment." in text_of(visitor.get("/"))


# ── An employer ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("warm")
def test_a_careers_page_takes_three_statements_however_many_jobs(
    count: int, visitor: Client, diner: Employer, rosa: Identity
) -> None:
    for number in range(count):
        open_job(diner, number, rosa)
    with CaptureQueriesContext(connection) as queries:
        page = text_of(visitor.get("/e/blue-spoon/"))
    assert page.count('class="job"') == count
    assert len(queries) == 3


def test_a_careers_page_shows_open_jobs_only(
    visitor: Client, cook: Job, diner: Employer, rosa: Identity
) -> None:
    with diner.scope():
        Job.objects.create(title="Secret plan", slug="secret")
        open_job(diner, 2, rosa).pause(by=rosa)
    page = text_of(visitor.get("/e/blue-spoon/"))
    assert "Line cook" in page
    assert "Secret plan" not in page
    assert "Cook 2" not in page
    assert "You may ask about your application once" in page


def test_many_jobs_can_be_searched_by_title_and_place(
    visitor: Client, diner: Employer, rosa: Identity
) -> None:
    for number in range(12):
        open_job(diner, number, rosa, location="Pier" if number else "Harbour Street")
    found = text_of(visitor.get("/e/blue-spoon/?q=cook+harbour"))
    assert found.count('class="job"') == 1
    nothing = text_of(visitor.get("/e/blue-spoon/", {"q": "<b>pilot%"}))
    assert "No open job has “&lt;b&gt;pilot%” in its title or place." in nothing


@pytest.mark.parametrize("path", ["", "look.css", "logo", "follow-up-policy.json", "link/"])
def test_nobody_is_employed_by_nobody(path: str, visitor: Client, db: None) -> None:
    assert visitor.get(f"/e/nobody/{path}").status_code == 404


# ── A job ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("warm")
def test_a_job_page_takes_one_statement(visitor: Client, cook: Job) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = text_of(visitor.get("/e/blue-spoon/jobs/line-cook/"))
    assert "Apply for this job" in page
    assert len(queries) == 1


def test_a_job_page_works_without_what_an_employer_left_out(visitor: Client, cook: Job) -> None:
    page = text_of(visitor.get("/e/blue-spoon/jobs/line-cook/"))
    assert "<dt>Pay</dt>" not in page
    assert "<dt>Place</dt>" not in page


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("paused", "takes no new applications just now"),
        ("closing", "This job is closed."),
        ("closed", "This job is closed."),
    ],
)
def test_a_job_that_is_not_open_says_so_kindly(
    state: str, says: str, visitor: Client, cook: Job, diner: Employer
) -> None:
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(state=state)
    answer = visitor.get("/e/blue-spoon/jobs/line-cook/")
    assert says in text_of(answer)
    assert "/apply/" not in text_of(answer)
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_draft_and_another_employers_job_are_not_there(
    visitor: Client, cook: Job, diner: Employer, hospital: Employer
) -> None:
    with diner.scope():
        Job.objects.create(title="Secret", slug="secret")
    for path in ("blue-spoon/jobs/secret/", "st-brigid/jobs/line-cook/", "blue-spoon/jobs/none/"):
        assert visitor.get(f"/e/{path}").status_code == 404
        assert visitor.get(f"/e/{path}follow-up-policy.json").status_code == 404


def test_a_description_is_shown_as_text_and_described_for_search_engines(
    visitor: Client, diner: Employer, rosa: Identity
) -> None:
    text = "## The work\n- Eggs\n- Grill\n\n</script><script>alert(1)</script>"
    more = {"description": text, "employment_type": "Full time", "location": "Pier 3"}
    open_job(diner, 1, rosa, **more)
    page = visitor.get("/e/blue-spoon/jobs/cook-1/").content.decode()
    assert "<ul><li>Eggs</li><li>Grill</li></ul>" in page
    assert "<script>alert" not in page
    posting = json.loads(page.split('type="application/ld+json">')[1].split("</script>")[0])
    assert posting["title"] == "Cook 1"
    assert posting["employmentType"] == "FULL_TIME"
    assert posting["url"] == "http://testserver/e/blue-spoon/jobs/cook-1/"
    assert posting["jobLocation"]["address"]["addressLocality"] == "Pier 3"


def test_no_public_page_sets_a_cookie_or_changes_anything(visitor: Client, cook: Job) -> None:
    """GET never changes anything: scanners open every link."""
    paths = ["", "e/blue-spoon/", "e/blue-spoon/jobs/line-cook/", "e/blue-spoon/link/", "link/"]
    paths += ["advice/", "advice/?sent=sent&employer=blue", "advice/tone/"]
    for path in [*paths, "e/blue-spoon/jobs/line-cook/apply/"]:
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(f"/{path}")
        assert answer.status_code == 200
        assert not answer.cookies
        assert all(query["sql"].startswith("SELECT") for query in queries)


# ── Walk-in hours ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def open_door(cook: Job) -> Job:
    """The diner takes walk-ins on weekday afternoons, at New York's clock."""
    walk_in = {"place": "12 Harbour Street", "hours": ["Mon-Fri 14:00-17:00"]}
    with cook.employer.scope():
        PolicyVersion.objects.create(published={"walk_in": walk_in})
    return cook


@pytest.mark.parametrize("path", ["/e/blue-spoon/", "/e/blue-spoon/jobs/line-cook/"])
@pytest.mark.parametrize(
    ("hour", "said"), [(20, "Open now, until 17:00"), (23, "Next: tomorrow, 14:00 to 17:00")]
)
def test_a_published_door_says_whether_it_is_open(
    open_door: Job, visitor: Client, path: str, hour: int, said: str
) -> None:
    with clock_at(dt.datetime(2027, 3, 2, hour, tzinfo=dt.UTC)):
        page = text_of(visitor.get(path))
    assert "Monday to Friday, 14:00 to 17:00<br>12 Harbour Street" in page
    assert said in page


def test_nobody_is_asked_in_for_a_job_that_takes_nobody(
    open_door: Job, visitor: Client, rosa: Identity
) -> None:
    with open_door.employer.scope():
        open_door.pause(by=rosa)
    for path in ("/e/blue-spoon/", "/e/blue-spoon/jobs/line-cook/"):
        assert 'class="walk-in"' not in text_of(visitor.get(path))


def test_who_takes_no_walk_ins_shows_no_door(cook: Job, visitor: Client) -> None:
    assert 'class="walk-in"' not in text_of(visitor.get("/e/blue-spoon/jobs/line-cook/"))

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.hiring.setup import setup_of
from tests.careers.conftest import TODAY, text_of
from tests.careers.inquiries import HERE, ask, hidden, links, shown, word

pytestmark = pytest.mark.usefixtures("thursday")


def publish(employer: Employer, job: Job | None = None, **policy: Any) -> None:
    with employer.scope():
        since = TODAY - dt.timedelta(days=90)
        PolicyVersion.objects.create(job=job, published=policy, in_force_from=since)
        employer.refresh_from_db()


def test_an_employer_is_found_by_name_and_obeyed_and_its_question_left_out(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    publish(diner, stance="call_once", phone="+1 212 555 0142", phone_hours=["Mon-Fri 9-11"])
    page = ask(visitor, sent="sent", employer="blue spoon", form="sent")
    assert "Question 2 of 6" in shown(page)
    assert hidden(page)["at"] == "blue-spoon"
    verdict = ask(visitor, HERE)
    assert word(verdict) == "Call"
    assert 'href="tel:+12125550142"' in text_of(verdict)
    assert "Monday to Friday, 9:00 to 11:00" in text_of(verdict)
    assert "What Blue Spoon Diner says" in text_of(verdict)


def test_what_was_typed_before_does_not_count_against_the_employers_word(
    visitor: Client, cook: Job
) -> None:
    assert word(ask(visitor, HERE, says="call_once")) == "E-mail"


def test_the_application_is_judged_by_the_policy_that_stood_when_it_was_sent(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    publish(diner, stance="call_once", phone="+1 212 555 0142")
    with diner.scope():
        changed = TODAY - dt.timedelta(days=2)
        PolicyVersion.objects.create(
            published={"stance": "email_once", "wait_days": 0}, in_force_from=changed
        )
    assert word(ask(visitor, HERE)) == "Call"
    assert word(ask(visitor, HERE, day="2026-12-02")) == "E-mail"


def test_a_day_before_any_policy_is_judged_by_the_first_one(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    with diner.scope():
        PolicyVersion.objects.all().delete()
        since = TODAY - dt.timedelta(days=1)
        PolicyVersion.objects.create(published={"stance": "call_once"}, in_force_from=since)
    assert word(ask(visitor, HERE)) == "Call"


def test_its_address_is_where_the_draft_goes(visitor: Client, cook: Job, diner: Employer) -> None:
    publish(diner, stance="email_once", email="jobs@bluespoon.example")
    assert any(
        link.startswith("mailto:jobs@bluespoon.example?") for link in links(ask(visitor, HERE))
    )


def test_the_choice_is_offered_where_several_fit_and_may_be_refused(
    visitor: Client, cook: Job
) -> None:
    page = ask(visitor, sent="sent", employer="b", form="sent")
    assert "Which employer do you mean?" in shown(page)
    assert hidden(page) == {"form": "at", "sent": "sent", "employer": "b"}
    nothing = ask(visitor, sent="sent", employer="b", form="at")
    assert nothing.status_code == 400
    assert "Pick one of the answers." in shown(nothing)
    none = ask(visitor, sent="sent", employer="b", at="none", form="at")
    assert "Question 2 of 7" in shown(none)
    assert hidden(none)["employer"] == "b"


def test_a_job_with_its_own_policy_is_chosen_and_obeyed(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    publish(diner, cook, stance="calls_welcome", phone="+1 212 555 0142")
    page = ask(visitor, sent="sent", employer="blue spoon", form="sent")
    assert "Which job at Blue Spoon Diner?" in shown(page)
    assert hidden(page)["at"] == "blue-spoon"
    assert word(ask(visitor, HERE, at="blue-spoon/line-cook")) == "Call"
    assert word(ask(visitor, HERE, at="blue-spoon/")) == "E-mail"
    assert "Line cook · Blue Spoon Diner" in text_of(ask(visitor, HERE, at="blue-spoon/line-cook"))


def test_a_job_page_leads_to_the_advice_about_that_job(visitor: Client, cook: Job) -> None:
    page = visitor.get("/e/blue-spoon/jobs/line-cook/")
    link = next(link for link in links(page) if link.startswith("/advice/?"))
    first = shown(visitor.get(link))
    assert "About <strong>Blue Spoon Diner</strong>, Line cook" in first
    assert 'name="employer"' not in first


def test_an_employer_that_is_gone_leaves_a_link_that_still_works(visitor: Client) -> None:
    page = ask(visitor, HERE)
    assert page.status_code == 200
    assert "What does the employer say about asking?" in shown(page)


@pytest.mark.parametrize("count", [1, 3])
def test_a_verdict_about_an_employer_takes_one_statement_however_many_jobs(
    count: int, visitor: Client, diner: Employer, cook: Job
) -> None:
    with diner.scope():
        for number in range(count):
            Job.objects.create(title=f"Job {number}", slug=f"job-{number}", state="open")
        diner.refresh_from_db()
        setup_of(diner)
    with CaptureQueriesContext(connection) as queries:
        word(ask(visitor, HERE))
    assert len(queries) == 1

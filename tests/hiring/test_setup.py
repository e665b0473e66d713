from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.hiring.setup import Setup, setup_of
from sincerely.kernel.ids import uuid7
from tests.hiring.policies import NOON

pytestmark = pytest.mark.usefixtures("noon")
DAY = dt.timedelta(days=1)


def fresh(employer: Employer) -> Setup:
    employer.refresh_from_db()
    return setup_of(employer)


def waits(setup: Setup, job: Job | None, *days: int) -> list[int]:
    """The wait that stands so many days after noon."""
    return [setup.policy(job and job.pk, NOON + DAY * day).wait_days for day in days]


def test_a_jobs_own_policy_comes_before_its_employers(at_diner: Employer, cook: Job) -> None:
    PolicyVersion.objects.create(job=cook, published={"wait_days": 3})
    PolicyVersion.objects.create(published={"wait_days": 9})
    setup = fresh(at_diner)
    assert waits(setup, cook, 0) == [3]
    assert waits(setup, None, 0) == [9]


def test_of_two_rows_that_start_together_the_later_written_stands(at_diner: Employer) -> None:
    written = sorted(uuid7() for _ in range(3))
    for wait, key in zip((3, 4, 5), written, strict=True):
        PolicyVersion.objects.create(
            id=key, published={"wait_days": wait}, in_force_from=NOON + DAY
        )
    assert waits(fresh(at_diner), None, 0, 1) == [7, 5]


def test_a_row_that_ended_gives_way_to_the_job_before_and_to_the_employer(
    at_diner: Employer, cook: Job
) -> None:
    PolicyVersion.objects.create(
        job=cook, published={"wait_days": 3}, in_force_until=NOON + 2 * DAY
    )
    PolicyVersion.objects.create(
        job=cook,
        published={"wait_days": 4},
        in_force_from=NOON + DAY,
        in_force_until=NOON + DAY * 1.5,
    )
    assert waits(fresh(at_diner), cook, 0, 1, 2, 3) == [3, 4, 3, 7]


def test_a_policy_spans_rows_that_say_the_same(at_diner: Employer, cook: Job) -> None:
    """The job's own wait of 7 days is what its employer says: nothing changes for anybody."""
    PolicyVersion.objects.create(job=cook, published={"wait_days": 7})
    PolicyVersion.objects.create(published={"wait_days": 9}, in_force_from=NOON + DAY)
    PolicyVersion.objects.create(job=cook, published=None, in_force_from=NOON + 2 * DAY)
    setup = fresh(at_diner)
    assert setup.policy_span(cook.pk, NOON) == (NOON - 30 * DAY, NOON + 2 * DAY)
    assert setup.policy_span(None, NOON) == (NOON - 30 * DAY, NOON + DAY)
    assert setup.policy_span(None, NOON + DAY) == (NOON + DAY, None)


def test_an_employer_without_any_row_has_the_default_without_a_date(at_diner: Employer) -> None:
    PolicyVersion.objects.all().delete()
    at_diner.setup_version += 1
    at_diner.save()
    setup = fresh(at_diner)
    assert waits(setup, None, 0) == [7]
    assert setup.policy_span(None, NOON) == (None, None)

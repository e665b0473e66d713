"""Everybody is reminded on the morning of the day before, once, whatever the clock does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interview_reminding import wake
from sincerely.hiring.interviews import cancel, move
from sincerely.hiring.jobs import sweep_interviews
from sincerely.hiring.models import Application, Interview, Job
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.hiring.meetings import NOON, agreed, at, fresh, plan, read, to_interview

Run = Callable[..., list[str]]


@pytest.fixture
def interview(
    at_diner: Employer,
    cook: Job,
    apply: Callable[..., Application],
    rosa: Identity,
    hugo: Identity,
) -> Iterator[Interview]:
    """Jo meets Hugo on Tuesday, 1 December, at 10."""
    with clock_at(NOON - dt.timedelta(days=2)):
        jo = apply(cook)
    with clock_at(NOON):
        yield agreed(to_interview(jo, rosa), hugo, by=rosa)


def sweep(run: Run, when: dt.datetime) -> None:
    with clock_at(when):
        sweep_interviews(0)
        run(when)


def reminders(interview: Interview) -> list[tuple[str, dt.datetime | None]]:
    about = [interview.pk, interview.application_id]
    kinds = ("interview_reminder", "interviewer_reminder")
    sent = Message.objects.filter(about_id__in=about, kind__in=kinds).order_by("kind")
    return list(sent.values_list("to_address", "hold_until"))


def test_both_sides_are_reminded_once(interview: Interview, run_jobs: Run) -> None:
    sweep(run_jobs, at(30, 7, 59, month=11))
    assert reminders(interview) == []
    sweep(run_jobs, at(30, 8, month=11))
    sweep(run_jobs, at(30, 8, 5, month=11))
    assert [to for to, _ in reminders(interview)] == ["jo@example.org", "hugo@blue-spoon.example"]


def test_it_waits_for_the_end_of_the_quiet_hours(
    interview: Interview, run_jobs: Run, diner: Employer
) -> None:
    Employer.objects.filter(pk=diner.pk).update(quiet_from=dt.time(20), quiet_until=dt.time(9))
    sweep(run_jobs, at(30, 8, 2, month=11))
    assert {until for _, until in reminders(interview)} == {at(30, 9, month=11)}


def test_nobody_is_reminded_of_what_is_off_or_over(
    interview: Interview, run_jobs: Run, rosa: Identity
) -> None:
    sweep(run_jobs, at(1, 10, 1))  # nothing ran for days: it has begun
    assert reminders(interview) == []
    cancel(fresh(interview), by=rosa)
    sweep(run_jobs, at(30, 8, 10, month=11))
    assert reminders(interview) == []


def test_a_clock_that_jumps_reminds_of_nothing_twice(interview: Interview, run_jobs: Run) -> None:
    sweep(run_jobs, at(30, 8, 10, month=11))
    sweep(run_jobs, at(29, 8, 10, month=11))
    sweep(run_jobs, at(30, 9, 10, month=11))
    assert len(reminders(interview)) == 2


def test_a_moved_interview_is_reminded_of_anew(
    interview: Interview, run_jobs: Run, rosa: Identity, hugo: Identity
) -> None:
    sweep(run_jobs, at(30, 8, 10, month=11))
    with clock_at(at(30, 9, month=11)):
        move(fresh(interview), plan(hugo), at(4, 15), by=rosa)
    sweep(run_jobs, at(3, 8, 10))
    assert len(reminders(interview)) == 4


def test_after_a_change_of_zone_it_is_the_morning_there(
    interview: Interview, run_jobs: Run, diner: Employer
) -> None:
    Employer.objects.filter(pk=diner.pk).update(time_zone="America/Los_Angeles")
    sweep(run_jobs, at(30, 8, 10, month=11))
    assert reminders(interview) == []
    sweep(run_jobs, at(30, 11, 10, month=11))  # ten past eight on the other coast
    assert len(reminders(interview)) == 2


def test_while_an_end_is_held_it_waits_and_after_it_there_is_nothing_to_remind_of(
    interview: Interview, run_jobs: Run, rosa: Identity
) -> None:
    with clock_at(at(30, 7, 58, month=11)):
        read(interview.application).decline(by=rosa)
    sweep(run_jobs, at(30, 8, 1, month=11))
    assert reminders(interview) == []
    sweep(run_jobs, at(30, 8, 30, month=11))
    assert reminders(interview) == []


def test_an_end_that_was_taken_back_leaves_the_reminder(
    interview: Interview, run_jobs: Run, rosa: Identity
) -> None:
    with clock_at(at(30, 7, 58, month=11)):
        read(interview.application).decline(by=rosa)
    sweep(run_jobs, at(30, 8, 1, month=11))
    with clock_at(at(30, 8, 2, month=11)):
        read(interview.application).undo(by=rosa)
    sweep(run_jobs, at(30, 8, 30, month=11))
    assert len(reminders(interview)) == 2


def test_two_jobs_for_one_interview_remind_once(interview: Interview) -> None:
    seen = [fresh(interview), fresh(interview)]
    with clock_at(at(30, 8, 10, month=11)):
        assert [wake(each) for each in seen] == [True, False]


def test_what_was_agreed_today_for_tomorrow_needs_no_reminder(
    interview: Interview, run_jobs: Run, rosa: Identity
) -> None:
    with clock_at(at(30, 9, month=11)):
        move(fresh(interview), plan(), at(1, 15), by=rosa)
    sweep(run_jobs, at(30, 12, month=11))
    assert reminders(interview) == []


def test_the_sweep_is_one_statement_over_all_employers(interview: Interview) -> None:
    with clock_at(at(28, month=11)), CaptureQueriesContext(connection) as asked:
        sweep_interviews(0)
    assert len(asked) == 1

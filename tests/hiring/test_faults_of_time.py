"""What goes wrong with clocks, calendars and mail: dates stay honest, nobody is told twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring import closing, debts
from sincerely.hiring.dates import local_day
from sincerely.hiring.figures import Figures
from sincerely.hiring.models import Application, Job, Promise, Reason
from sincerely.hiring.models.job import JobState
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.period import Period
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.hiring.test_lateness import again, arrived, at, late_notes, sweep  # noqa: F401

Run = Callable[..., list[str]]
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize("jump", [HOUR, DAY])
def test_a_clock_that_jumps_ahead_and_is_set_right_tells_once(
    arrived: Application,  # noqa: F811
    run_jobs: Run,
    jump: dt.timedelta,
) -> None:
    right = at(4, 7, 30)
    sweep(run_jobs, right + jump)
    assert len(late_notes(arrived)) == 1
    for hours in range(0, 72, 6):
        sweep(run_jobs, right + hours * HOUR)
    assert len(late_notes(arrived)) == 1
    with clock_at(right + 2 * DAY):
        assert status_of(again(arrived)).next_by == again(arrived).due_on


@pytest.mark.parametrize("jump", [HOUR, DAY])
def test_a_clock_that_is_set_back_tells_nothing_again(
    arrived: Application,  # noqa: F811
    run_jobs: Run,
    jump: dt.timedelta,
) -> None:
    sweep(run_jobs, at(4))
    first = again(arrived).due_on
    for back in (jump, jump / 2, -jump):
        sweep(run_jobs, at(4) - back)
    assert len(late_notes(arrived)) == 1
    assert again(arrived).due_on == first
    assert arrived.promises.open().count() == 2


@pytest.mark.parametrize(
    ("due_on", "wakes"),
    [
        (dt.date(2026, 10, 30), "2026-11-02T13:00"),  # summer time ends on Sunday
        (dt.date(2026, 10, 29), "2026-10-30T12:00"),
        (dt.date(2027, 3, 12), "2027-03-15T12:00"),  # and begins on Sunday
        (dt.date(2027, 3, 11), "2027-03-12T13:00"),
    ],
)
def test_it_is_eight_in_the_morning_on_both_sides_of_summer_time(
    at_diner: Employer, jo: Application, due_on: dt.date, wakes: str
) -> None:
    wake_at = Promise.made(jo, due_on).wake_at
    assert wake_at.astimezone(dt.UTC).isoformat().startswith(wakes)


def test_a_holiday_that_was_not_known_when_the_date_was_given_is_no_morning(
    arrived: Application,  # noqa: F811
    diner: Employer,
    run_jobs: Run,
) -> None:
    diner.country = ""
    diner.save()
    due_on = dt.date(2026, 11, 25)
    arrived.promises.update(due_on=due_on, wake_at=Promise.made(again(arrived), due_on).wake_at)
    diner.country = "US"
    diner.save()
    sweep(run_jobs, at(26, month=11))  # Thanksgiving
    assert late_notes(arrived) == []
    sweep(run_jobs, at(27, month=11))
    assert len(late_notes(arrived)) == 1


def test_while_mail_is_down_for_a_week_nothing_counts_as_told_and_today_says_so(
    cook: Job, jo: Application, rosa: Identity, at_diner: Employer, run_jobs: Run, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    begins = clock.now()
    closing.write(cook, Reason.JOB_CANCELLED, {}, by=rosa)
    closing.close_out(cook, by=rosa)
    for day in range(8):
        with clock_at(begins + day * DAY):
            run_jobs(clock.now())
    with clock_at(begins + 8 * DAY):
        closure = again(jo).closure
        assert closure is not None
        assert closure.message is not None
        assert (closure.message.state, closure.told_at) == (Message.State.FAILED, None)
        assert list(debts.untold(Application.objects.all())) == [jo]
        assert Job.objects.get(pk=cook.pk).state == JobState.CLOSING
        assert not jo.promises.filter(outcome=Outcome.KEPT).exists()
        today = local_day(clock.now(), at_diner)
        figures = Figures(at_diner, Period(today - 30 * DAY, today + 30 * DAY, "UTC"))
        assert (figures.promises().kept, figures.owed().untold) == (0, 1)

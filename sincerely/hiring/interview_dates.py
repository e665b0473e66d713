"""The dates that go with an interview: the reminder before it, the answer after it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sincerely.hiring.dates import MORNING, date_after, date_to_promise, local_day
from sincerely.hiring.models import Application, Interview
from sincerely.kernel import clock

PICK_WITHIN = 2  # business days
# Whoever is to leave the house within this time is told at night, too.
SOON = dt.timedelta(hours=12)


def set_date(interview: Interview, start: dt.datetime) -> None:
    """Everybody is reminded on the morning of the day before, unless that is over."""
    interview.starts_at, interview.ends_at = start, interview.end_of(start)
    interview.agreed_at = clock.now()
    remind_at = reminder_of(interview)
    interview.wake_at = remind_at if remind_at > clock.now() else None


def reminder_of(interview: Interview) -> dt.datetime:
    """8 in the morning, at the employer's place, of the day before."""
    assert interview.starts_at is not None
    day = local_day(interview.starts_at, interview.employer) - dt.timedelta(days=1)
    return dt.datetime.combine(day, MORNING, ZoneInfo(interview.employer.time_zone))


def date_of_answer(interview: Interview) -> dt.date:
    """By when they hear after an interview with a date: the stage's days from that day on."""
    assert interview.starts_at is not None
    day = local_day(interview.starts_at, interview.employer)
    return date_after(interview.employer, day, interview.stage.promise_days)


def date_after_offer(interview: Interview) -> dt.date:
    """By when they hear after times were offered, whatever they pick: the stage's days, and later
    than the day by which they pick."""
    assert interview.pick_by is not None
    days = date_to_promise(interview.employer, interview.stage.promise_days)
    return max(days, date_after(interview.employer, interview.pick_by, 1))


def suggested_pick_by(application: Application) -> dt.date:
    return date_to_promise(application.employer, PICK_WITHIN)


def is_near(moment: dt.datetime | None) -> bool:
    return moment is not None and moment - clock.now() < SOON

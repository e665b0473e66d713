"""Dates as an employer's applicants read them, and dates to promise."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer
from sincerely.kernel import clock
from sincerely.protocol.business_days import add_business_days, next_business_day

MORNING = dt.time(8)


def date_to_promise(employer: Employer, business_days: int) -> dt.date:
    """The day so many business days from today, in the employer's zone and with its holidays."""
    today = clock.today(employer.time_zone)
    return add_business_days(today, business_days, employer.country, employer.subdivision)


def weekday_from_today(count: int) -> dt.date:
    """The same outside of any employer: so many weekdays from today, in UTC."""
    return add_business_days(clock.today("UTC"), count)


def morning_after(day: dt.date, employer: Employer, business_days: int = 1) -> dt.datetime:
    """8 in the morning, at the employer's place, of the business day so many after `day`."""
    for _ in range(business_days):
        day = next_business_day(day, employer.country, employer.subdivision)
    return dt.datetime.combine(day, MORNING, ZoneInfo(employer.time_zone))


def in_words(day: dt.date) -> str:
    """`Thursday, 3 December`; with the year when it is not the present one."""
    words = f"{day:%A}, {day.day} {day:%B}"
    return words if day.year == clock.now().year else f"{words} {day.year}"


def local_day(instant: dt.datetime, employer: Employer) -> dt.date:
    """The employer's calendar day of an aware instant."""
    return instant.astimezone(ZoneInfo(employer.time_zone)).date()


def day_begins(day: dt.date, employer: Employer) -> dt.datetime:
    """The first moment of a day at the employer's place."""
    return dt.datetime.combine(day, dt.time.min, ZoneInfo(employer.time_zone))


def day_ends(day: dt.date, employer: Employer) -> dt.datetime:
    """The last moment of a day at the employer's place."""
    return dt.datetime.combine(day, dt.time.max, ZoneInfo(employer.time_zone))

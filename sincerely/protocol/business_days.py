"""Business days of a country or a part of it, counted without a clock.

Public holidays come from the ``holidays`` package, one year at a time, and are kept. A country
that nobody named has no holidays and the usual Saturday and Sunday as its weekend.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY_AND_SUNDAY = frozenset({5, 6})
"""Weekdays as Python numbers them: Monday is 0."""

_YEARS_WITH_HOLIDAYS = range(1950, 2100)
_ONE_DAY = timedelta(days=1)


def days_after(day: date, count: int) -> date:
    """The day ``count`` calendar days later (earlier when negative), held within the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work in one place.

    ``country`` is an ISO 3166-1 code such as ``"DE"`` (empty: unknown), ``subdivision`` its part
    such as ``"BY"``. ``weekend`` replaces the country's own weekend where an employer differs.
    """

    country: str = ""
    subdivision: str = ""
    weekend: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.weekend is not None and not self.weekend < frozenset(range(7)):
            raise ValueError("a weekend is some of the weekdays 0 (Monday) to 6, never all seven")

    def is_business_day(self, day: date) -> bool:
        """Whether people work on this day: neither weekend nor public holiday."""
        return day not in _closed_days(self, day.year)

    def is_public_holiday(self, day: date) -> bool:
        """Whether a public holiday falls on this day, on a weekend or not."""
        return day in _public_holidays(self, day.year)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th business day after ``day`` (before it, when ``count`` is negative).

        With 0, the day itself if it is a business day, else the next one. The answer stays
        within the years 1 to 9999.
        """
        if count == 0:
            return day if self.is_business_day(day) else self.add(day, 1)
        step = 1 if count > 0 else -1
        left = abs(count)
        while left and days_after(day, step) != day:
            day = days_after(day, step)
            left -= self.is_business_day(day)
        return day


@lru_cache(maxsize=1024)
def calendar_for(country: str = "", subdivision: str = "") -> Calendar:
    """The calendar of a place; one object per place.

    A place that the ``holidays`` package does not know counts as unknown: weekends only.
    """
    country, subdivision = country.upper(), subdivision.upper()
    if not is_known(country):
        return Calendar()
    return Calendar(country, subdivision if is_known(country, subdivision) else "")


def is_known(country: str, subdivision: str = "") -> bool:
    """Whether holidays of this country, and of its part when one is named, are known."""
    parts = _places().get(country.upper())
    return parts is not None and (not subdivision or subdivision.upper() in parts)


def is_business_day(day: date, country: str = "", subdivision: str = "") -> bool:
    """Whether people work there on this day."""
    return calendar_for(country, subdivision).is_business_day(day)


def add_business_days(day: date, count: int, country: str = "", subdivision: str = "") -> date:
    """The ``count``-th business day after ``day`` there; see :meth:`Calendar.add`."""
    return calendar_for(country, subdivision).add(day, count)


@lru_cache(maxsize=1)
def _places() -> dict[str, frozenset[str]]:
    supported = holidays.list_supported_countries(include_aliases=True)
    return {country: frozenset(map(str.upper, parts)) for country, parts in supported.items()}


@lru_cache(maxsize=65536)
def next_business_day(day: date, country: str = "", subdivision: str = "") -> date:
    """The first business day after ``day``; asked for so often that the answers are kept."""
    return calendar_for(country, subdivision).add(day, 1)


@lru_cache(maxsize=65536)
def first_answered_day(
    day: date, weekdays: frozenset[int], country: str = "", subdivision: str = ""
) -> date:
    """The first day from ``day`` on at which a phone is answered.

    ``weekdays`` are those with published phone hours; public holidays are left out. Without any,
    it is the first business day.
    """
    calendar = calendar_for(country, subdivision)
    if not weekdays:
        return calendar.add(day, 0)
    days = (days_after(day, ahead) for ahead in range(28))
    answered = (at for at in days if at.weekday() in weekdays)
    return next((at for at in answered if not calendar.is_public_holiday(at)), day)


@lru_cache(maxsize=4096)
def _closed_days(calendar: Calendar, year: int) -> frozenset[date]:
    place = _holidays_of(calendar, year)
    if calendar.weekend is None and place is not None:
        # The package also knows the Saturdays that some countries work to win a bridge day.
        return frozenset(day for day in _days_of(year) if not place.is_working_day(day))
    weekend = SATURDAY_AND_SUNDAY if calendar.weekend is None else calendar.weekend
    days_off = _public_holidays(calendar, year)
    return frozenset(day for day in _days_of(year) if day.weekday() in weekend or day in days_off)


@lru_cache(maxsize=4096)
def _public_holidays(calendar: Calendar, year: int) -> frozenset[date]:
    place = _holidays_of(calendar, year)
    return frozenset() if place is None else frozenset(place.keys())


def _holidays_of(calendar: Calendar, year: int) -> holidays.HolidayBase | None:
    if not calendar.country or year not in _YEARS_WITH_HOLIDAYS:
        return None
    parts = holidays.list_supported_countries(include_aliases=True)[calendar.country]
    spelled = {part.upper(): part for part in parts}
    with warnings.catch_warnings():
        # The package warns about years it holds no data for; weekends are the right answer there.
        warnings.simplefilter("ignore")
        return holidays.country_holidays(
            calendar.country, subdiv=spelled.get(calendar.subdivision), years=[year], expand=False
        )


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    yield from map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))

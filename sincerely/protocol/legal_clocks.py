"""What the law of a place asks of an employer who hires: by when to tell, until when to keep.

Pure, and data: a law is a dated row with its reason and its source, as a rule is. A new country is
new rows in `LAWS`; a law that changes is another row, with another day since when it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sincerely.protocol.business_days import days_after

Duty = Literal["tell", "keep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One duty in one place (ISO 3166 codes; an empty `subdivision` is the whole country).

    `tell`: who was interviewed hears the outcome within `days` calendar days of the last interview.
    `keep`: the records stay `years` years. It holds for whoever employs at least `employees`, for
    what happened on `since` or later.
    """

    id: str
    since: date
    because: str
    source: str
    duty: Duty
    place: str
    country: str
    subdivision: str = ""
    employees: int = 0
    days: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer is. Who does not say how many `employees` they have has enough of them:
    keeping a law that does not hold harms nobody."""

    country: str
    subdivision: str = ""
    employees: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, and the law that sets it."""

    day: date
    law: Law


_ONTARIO = {"country": "CA", "subdivision": "ON", "place": "Ontario", "employees": 25}

LAWS: tuple[Law, ...] = (
    Law(
        id="ontario-tell-interviewed",
        since=date(2026, 1, 1),
        because=(
            "Whoever was interviewed for an advertised job is told within 45 days of the last "
            "interview whether somebody was chosen."
        ),
        source="Ontario, Employment Standards Act, 2000, Part III.1, and O. Reg. 476/24",
        duty="tell",
        days=45,
        **_ONTARIO,  # type: ignore[arg-type]
    ),
    Law(
        id="ontario-keep-records",
        since=date(2026, 1, 1),
        because=(
            "The advertisement, the applications and what interviewed applicants were told are "
            "kept for three years."
        ),
        source="Ontario, Employment Standards Act, 2000, Parts III.1 and VI",
        duty="keep",
        years=3,
        **_ONTARIO,  # type: ignore[arg-type]
    ),
)


def laws_at(place: Place, laws: Iterable[Law] = LAWS) -> tuple[Law, ...]:
    """The laws that bind this employer, whenever they began."""
    return tuple(law for law in laws if _binds(law, place))


def tell_by(place: Place, last_interview: date, laws: Iterable[Law] = LAWS) -> Deadline | None:
    """The last day on which an applicant who was interviewed then hears the outcome; the earliest,
    where several laws say one. None where no law does."""
    found = (
        Deadline(days_after(last_interview, law.days), law)
        for law in laws_at(place, laws)
        if law.duty == "tell" and law.since <= last_interview
    )
    return min(found, key=lambda deadline: deadline.day, default=None)


def keep_until(
    place: Place, told: date | None, posting_ended: date | None, laws: Iterable[Law] = LAWS
) -> Deadline | None:
    """The last day on which the records of an application are kept: the years count from the day on
    which the applicant was told or the advertisement was taken down, whichever is later. None while
    one of them has not happened (nothing may go), and where no law says it."""
    if told is None or posting_ended is None:
        return None
    begins = max(told, posting_ended)
    found = (
        Deadline(_years_after(begins, law.years), law)
        for law in laws_at(place, laws)
        if law.duty == "keep" and law.since <= begins
    )
    return max(found, key=lambda deadline: deadline.day, default=None)


def _binds(law: Law, place: Place) -> bool:
    here = law.country == place.country.upper() and law.subdivision in {
        "",
        place.subdivision.upper(),
    }
    return here and (place.employees is None or place.employees >= law.employees)


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; for 29 February the 28th, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

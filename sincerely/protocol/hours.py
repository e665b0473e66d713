"""Weekly hours in which a phone is answered or a door is open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sincerely.protocol.business_days import days_after
from sincerely.protocol.words import WEEKDAYS, Translate, english, gettext_noop, time_in_words

SHORT_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """One stretch of time on some weekdays (Monday is 0), in the employer's own time zone.

    Raises ``ValueError`` when no weekday is named or the end does not follow the start.
    """

    weekdays: tuple[int, ...]
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise ValueError("hours need at least one weekday, from 0 (Monday) to 6 (Sunday)")
        if self.closes <= self.opens:
            raise ValueError(
                f"hours must end after they start, not {time_in_words(self.opens)} to "
                f"{time_in_words(self.closes)}"
            )
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))

    def __str__(self) -> str:
        days = ",".join(SHORT_WEEKDAYS[day] for day in self.weekdays)
        return f"{days} {self.opens:%H:%M}-{self.closes:%H:%M}"


def open_weekdays(hours: Iterable[Hours]) -> frozenset[int]:
    """The weekdays on which there are any hours."""
    return frozenset(day for stretch in hours for day in stretch.weekdays)


def last_open_day(day: date, hours: tuple[Hours, ...]) -> date:
    """The last day up to ``day`` with hours; ``day`` itself when there are none at all."""
    weekdays = open_weekdays(hours)
    for back in range(7):
        if days_after(day, -back).weekday() in weekdays:
            return days_after(day, -back)
    return day


_STRETCH = re.compile(
    r"(?P<days>[a-z][a-z ,–-]*?)\s*"
    r"(?P<opens>\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|to)\s*(?P<closes>\d{1,2}(?:[:.]\d{2})?)",
    re.IGNORECASE,
)


def parse_hours(text: str) -> tuple[Hours, ...]:
    """Read ``"Mon-Fri 9:00-17:00; Sat 10-12"``; stretches are separated by ``;`` or lines.

    Raises ``ValueError`` that names the part that could not be read.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text[:2000]) if part.strip()]
    return tuple(_parse_stretch(part) for part in parts)


def _parse_stretch(part: str) -> Hours:
    found = _STRETCH.fullmatch(part)
    if found is None:
        raise ValueError(f"cannot read “{part[:60]}”; write hours like Mon-Fri 9:00-17:00")
    weekdays = tuple(day for days in found["days"].split(",") for day in _parse_days(days, part))
    return Hours(weekdays, _parse_time(found["opens"], part), _parse_time(found["closes"], part))


def _parse_days(text: str, part: str) -> list[int]:
    ends = [_parse_weekday(name, part) for name in re.split(r"[-–]|\bto\b", text)]
    if len(ends) == 1:
        return ends
    first, last = ends[0], ends[-1]
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _parse_weekday(name: str, part: str) -> int:
    written = name.strip().lower()
    for number, weekday in enumerate(WEEKDAYS):
        if len(written) >= 3 and weekday.lower().startswith(written):
            return number
    raise ValueError(f"“{name.strip()}” in “{part[:60]}” is no weekday; use Mon, Tue, Wed …")


def _parse_time(text: str, part: str) -> time:
    hour, _, minute = text.replace(".", ":").partition(":")
    if int(hour) == 24 and not int(minute or 0):
        return time(23, 59)
    if int(hour) > 23 or int(minute or 0) > 59:
        raise ValueError(f"“{text}” in “{part[:60]}” is no time of day")
    return time(int(hour), int(minute or 0))


def hours_in_words(hours: tuple[Hours, ...], _: Translate = english) -> str:
    """``"Monday to Friday, 9:00 to 17:00; Saturday, 10:00 to 12:00"``."""
    return "; ".join(
        _(gettext_noop("{days}, {opens} to {closes}")).format(
            days=_days_in_words(stretch.weekdays, _),
            opens=time_in_words(stretch.opens),
            closes=time_in_words(stretch.closes),
        )
        for stretch in hours
    )


def _days_in_words(weekdays: tuple[int, ...], _: Translate) -> str:
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and weekdays == tuple(range(first, last + 1)):
        return _("{first} to {last}").format(first=_(WEEKDAYS[first]), last=_(WEEKDAYS[last]))
    return ", ".join(_(WEEKDAYS[day]) for day in weekdays)

"""An interview in words: when, where and with whom, as everybody reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sincerely.hiring.dates import in_words
from sincerely.hiring.models import Interview
from sincerely.hiring.models.interview import Way

_WHERE = {
    Way.PHONE: "We call you at {where}.",
    Way.VIDEO: "It takes place by video: {where}",
    Way.PLACE: "It takes place here: {where}.",
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in an interview's own zone: `begins`, and in words the day, the hours and
    the zone. Where the clocks change in between, each hour has its name."""

    begins: dt.datetime
    day: str
    hours: str
    zone: str

    def __str__(self) -> str:
        return f"{self.day}, {self.hours}, {self.zone}"


def span_of(interview: Interview, start: dt.datetime) -> Span:
    zone = ZoneInfo(interview.time_zone)
    begins, ends = (moment.astimezone(zone) for moment in (start, interview.end_of(start)))
    city = interview.time_zone.rpartition("/")[2].replace("_", " ")
    first, last = _short(begins), _short(ends)
    hours, named = f"{begins:%H:%M} to {ends:%H:%M}", f"{city} time ({first})"
    if first != last:
        hours, named = f"{begins:%H:%M} ({first}) to {ends:%H:%M} ({last})", f"{city} time"
    elif first in ("", city):
        named = city
    return Span(begins, in_words(begins.date()), hours, named)


def span_words(interview: Interview, start: dt.datetime) -> str:
    """`Tuesday, 1 December, 10:00 to 10:30, New York time (EST)`."""
    return str(span_of(interview, start))


def when_words(interview: Interview) -> str:
    """The agreed date; before it is agreed, how many times there are to pick from."""
    if interview.starts_at:
        return span_words(interview, interview.starts_at)
    return "a date to be agreed"


def _short(moment: dt.datetime) -> str:
    """`EST`, or `UTC+03` where the zone has no letters."""
    name = moment.tzname() or ""
    return f"UTC{name}" if name[:1] in ("+", "-") else name


def where_words(interview: Interview) -> str:
    text = _WHERE[Way(interview.way)].format(where=interview.where)
    return text.removesuffix(".") if text.endswith("..") else text


def people_words(names: Iterable[object]) -> str:
    """`You will meet Hugo and Rosa.`; empty where nobody is named."""
    named = [str(name) for name in names]
    if not named:
        return ""
    *others, last = named
    return f"You will meet {', '.join(others)} and {last}." if others else f"You will meet {last}."

"""Whether a door stands open right now, and when it does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sincerely.protocol.business_days import Calendar, days_after
from sincerely.protocol.hours import Hours
from sincerely.protocol.words import (
    Translate,
    day_in_words,
    english,
    gettext_noop,
    time_in_words,
)

# Beyond it nobody plans a visit; it also ends the search where every day is a holiday.
_DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of one day, from ``opens`` until just before ``closes``."""

    day: date
    opens: time
    closes: time

    def is_open_at(self, moment: datetime) -> bool:
        """``moment`` is local, as on the clock at the door."""
        return self.day == moment.date() and self.opens <= moment.time() < self.closes


def next_opening(
    hours: tuple[Hours, ...], moment: datetime, calendar: Calendar, until: date | None = None
) -> Opening | None:
    """The stretch that runs at a local ``moment``, or else the next one.

    Public holidays are closed. ``None`` when there is none up to ``until``, or within two months.
    """
    for ahead in range(_DAYS_AHEAD):
        day = days_after(moment.date(), ahead)
        if until is not None and day > until:
            return None
        if not calendar.is_public_holiday(day) and (found := _first_on(day, hours, moment)):
            return found
    return None


def _first_on(day: date, hours: tuple[Hours, ...], moment: datetime) -> Opening | None:
    earliest = moment.time() if day == moment.date() else time.min
    left = [each for each in hours if day.weekday() in each.weekdays and each.closes > earliest]
    if not left:
        return None
    first = min(left, key=lambda each: each.opens)
    closes = first.closes
    for each in sorted(left, key=lambda each: each.opens):
        # Stretches that touch or overlap are one: nobody has to leave in between.
        if each.opens <= closes:
            closes = max(closes, each.closes)
    return Opening(day, first.opens, closes)


def opening_in_words(opening: Opening, moment: datetime, _: Translate = english) -> str:
    """``"Open now, until 17:00"``, or when next: ``"Next: tomorrow, 14:00 to 17:00"``."""
    opens, closes = time_in_words(opening.opens), time_in_words(opening.closes)
    if opening.is_open_at(moment):
        return _(gettext_noop("Open now, until {closes}")).format(closes=closes)
    today = moment.date()
    if opening.day == today:
        pattern, day = _(gettext_noop("Today, {opens} to {closes}")), ""
    elif opening.day == days_after(today, 1):
        pattern, day = _(gettext_noop("Next: tomorrow, {opens} to {closes}")), ""
    else:
        pattern = _(gettext_noop("Next: {day}, {opens} to {closes}"))
        day = day_in_words(opening.day, _, today)
    return pattern.format(day=day, opens=opens, closes=closes)

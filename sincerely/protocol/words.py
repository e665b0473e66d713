"""Dates and times as people say them, in the reader's language.

Every text of the protocol passes through a ``translate`` function, by convention named ``_`` so
that the usual tools find the sentences. The floors above hand in Django's ``gettext``; without
one, the text stays English.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

Translate = Callable[[str], str]


def gettext_noop(text: str) -> str:
    """Mark a text for the translators and leave it as it is; also the English catalogue."""
    return text


english: Translate = gettext_noop

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def day_in_words(day: date, _: Translate = english, today: date | None = None) -> str:
    """``"Thursday, 3 December"``; with the year where ``today`` lies in another one."""
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    if today is not None and today.year != day.year:
        pattern = _("{weekday}, {day} {month} {year}")
    else:
        pattern = _("{weekday}, {day} {month}")
    return pattern.format(weekday=weekday, day=day.day, month=month, year=day.year)


def time_in_words(moment: time) -> str:
    """``"9:30"`` or ``"17:00"``: hours and minutes of a 24-hour clock."""
    return f"{moment.hour}:{moment.minute:02}"

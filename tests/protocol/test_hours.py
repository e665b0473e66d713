from __future__ import annotations

from datetime import time

import pytest

from sincerely.protocol.hours import (
    Hours,
    hours_in_words,
    last_open_day,
    parse_hours,
)
from tests.protocol.days import day


@pytest.mark.parametrize(
    ("text", "weekdays", "opens", "closes"),
    [
        ("Mon-Fri 9-17", (0, 1, 2, 3, 4), time(9), time(17)),
        ("Monday to Friday 9 to 17", (0, 1, 2, 3, 4), time(9), time(17)),
        ("Tues, Thurs 9-17", (1, 3), time(9), time(17)),
        ("mon – fri 9:30 – 17.00", (0, 1, 2, 3, 4), time(9, 30), time(17)),
        ("Tue, Thu 14:00 to 16:00", (1, 3), time(14), time(16)),
        ("Sat-Mon 10-12", (0, 5, 6), time(10), time(12)),
        ("Sunday 0-24", (6,), time(0), time(23, 59)),
    ],
)
def test_hours_are_read_as_people_write_them(
    text: str, weekdays: tuple[int, ...], opens: time, closes: time
) -> None:
    assert parse_hours(text) == (Hours(weekdays, opens, closes),)


def test_hours_read_back_what_they_write() -> None:
    hours = parse_hours("Mon-Fri 9-17; Sat 10:15-12")
    assert parse_hours("; ".join(map(str, hours))) == hours


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Mon 9-8", "must end after they start"),
        ("Mon 9-9", "must end after they start"),
        ("Mon 25-26", "no time of day"),
        ("Mon 9:75-10", "no time of day"),
        ("Foo 9-10", "no weekday"),
        ("Monkey 9-10", "no weekday"),
        ("Mon Tue 9-10", "no weekday"),
        ("always", "cannot read"),
        ("9-17", "cannot read"),
    ],
)
def test_hours_that_cannot_be_name_the_part_that_is_wrong(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_hours(text)


def test_hours_are_said_in_words() -> None:
    hours = parse_hours("Mon-Fri 9-17; Sat, Sun 10:15-12")
    assert hours_in_words(hours) == (
        "Monday to Friday, 9:00 to 17:00; Saturday, Sunday, 10:15 to 12:00"
    )


def test_the_last_open_day() -> None:
    tuesdays = parse_hours("Tue 14-16")
    assert last_open_day(day("12-07"), tuesdays) == day("12-01")

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.protocol.business_days import calendar_for
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.openings import next_opening, opening_in_words
from tests.protocol.days import day

DINER = parse_hours("Mon-Fri 14-17; Sat 10-12")


def words(moment: str, hours: str = "", country: str = "US", until: str = "") -> str:
    at = datetime.fromisoformat(f"2026-{moment}")
    asked = parse_hours(hours) if hours else DINER
    opening = next_opening(asked, at, calendar_for(country), day(until) if until else None)
    return opening_in_words(opening, at) if opening else ""


# Monday 16 November 2026; Thursday the 26th is Thanksgiving in the United States.
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("11-16 09:00", "Today, 14:00 to 17:00"),
        ("11-16 13:59:59", "Today, 14:00 to 17:00"),
        ("11-16 14:00", "Open now, until 17:00"),
        ("11-16 16:59:59", "Open now, until 17:00"),
        ("11-16 17:00", "Next: tomorrow, 14:00 to 17:00"),
        ("11-20 18:00", "Next: tomorrow, 10:00 to 12:00"),
        ("11-21 12:00", "Next: Monday, 23 November, 14:00 to 17:00"),
        ("11-25 17:00", "Next: Friday, 27 November, 14:00 to 17:00"),
        ("11-26 15:00", "Next: tomorrow, 14:00 to 17:00"),
        ("12-31 18:00", "Next: Saturday, 2 January 2027, 10:00 to 12:00"),
    ],
)
def test_the_door_says_whether_it_is_open_and_when_next(moment: str, said: str) -> None:
    assert words(moment) == said


def test_a_holiday_of_another_country_closes_nothing() -> None:
    assert words("11-26 15:00", country="IE") == "Open now, until 17:00"


def test_stretches_that_touch_are_one() -> None:
    assert words("11-16 11:30", "Mon 10-12; Mon 12-15") == "Open now, until 15:00"
    assert words("11-16 09:00", "Mon 10-13; Mon 12-15") == "Today, 10:00 to 15:00"
    assert words("11-16 12:30", "Mon 10-12; Mon 14-15") == "Today, 14:00 to 15:00"


def test_the_last_day_is_the_end() -> None:
    assert words("11-16 15:00", until="11-16") == "Open now, until 17:00"
    assert words("11-16 17:00", until="11-16") == ""


@given(
    st.datetimes(),
    st.sampled_from(["Mon 9-17", "Sun 0-24", "Mon-Fri 9-12; Mon-Fri 13-17"]),
    st.sampled_from(["", "US", "DE", "SA"]),
)
def test_it_never_opens_in_the_past_or_on_another_day(
    moment: datetime, hours: str, country: str
) -> None:
    asked = parse_hours(hours)
    opening = next_opening(asked, moment, calendar_for(country))
    if opening is not None:
        assert opening.day >= moment.date()
        assert opening.day > moment.date() or opening.closes > moment.time()
        assert any(opening.day.weekday() in each.weekdays for each in asked)
        assert opening_in_words(opening, moment)

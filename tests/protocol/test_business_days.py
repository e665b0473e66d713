from __future__ import annotations

from datetime import date

import pytest

from sincerely.protocol.business_days import (
    Calendar,
    add_business_days,
    calendar_for,
    first_answered_day,
    is_business_day,
    is_known,
)
from tests.protocol.days import day


@pytest.mark.parametrize(
    ("start", "count", "place", "expected"),
    [
        ("12-03", 1, (), "12-04"),
        ("12-04", 1, (), "12-07"),
        ("12-04", 5, (), "12-11"),
        ("12-05", 0, (), "12-07"),
        ("12-04", 0, (), "12-04"),
        ("12-07", -1, (), "12-04"),
        ("12-24", 1, ("DE", "BY"), "12-28"),
        ("12-24", 1, ("GB",), "12-29"),
        ("12-24", 1, ("IL",), "12-27"),
        ("11-25", 1, ("US",), "11-27"),
        ("2028-02-28", 1, (), "2028-02-29"),
        ("2027-12-31", 1, ("CA", "ON"), "2028-01-04"),
    ],
)
def test_business_days_are_counted_at_their_place(
    start: str, count: int, place: tuple[str, ...], expected: str
) -> None:
    assert add_business_days(day(start), count, *place) == day(expected)


def test_a_saturday_that_a_country_works_is_a_business_day() -> None:
    # China works this Saturday to win a longer National Day week.
    assert is_business_day(date(2026, 10, 10), "CN")
    assert not is_business_day(date(2026, 10, 17), "CN")


def test_a_holiday_of_one_part_is_none_in_another() -> None:
    corpus_christi = date(2026, 6, 4)
    assert not is_business_day(corpus_christi, "DE", "BY")
    assert is_business_day(corpus_christi, "DE", "BE")


def test_an_unknown_place_has_weekends_and_no_holidays() -> None:
    assert calendar_for("XX") == Calendar()
    assert calendar_for("de", "by") == Calendar("DE", "BY")
    assert calendar_for("DE", "nowhere") == Calendar("DE")
    assert is_business_day(date(2026, 12, 25), "XX")
    assert not is_known("XX")
    assert not is_known("DE", "ON")


def test_an_employer_may_have_a_weekend_of_its_own() -> None:
    monday_off = Calendar("DE", "BY", weekend=frozenset({0}))
    assert not monday_off.is_business_day(day("12-07"))
    assert monday_off.is_business_day(day("12-05"))
    assert not monday_off.is_business_day(day("12-25"))


def test_a_week_of_weekends_is_refused() -> None:
    with pytest.raises(ValueError, match="never all seven"):
        Calendar(weekend=frozenset(range(7)))


@pytest.mark.parametrize("place", [(), ("US",)])
def test_counting_stops_at_the_ends_of_the_calendar(place: tuple[str, ...]) -> None:
    assert add_business_days(date.max, 5, *place) == date.max
    assert add_business_days(date.min, -5, *place) == date.min


def test_a_phone_is_answered_on_its_weekdays_but_not_on_holidays() -> None:
    fridays = frozenset({4})
    assert first_answered_day(day("12-20"), fridays) == day("12-25")
    assert first_answered_day(day("12-20"), fridays, "DE") == date(2027, 1, 8)
    assert first_answered_day(day("12-05"), frozenset()) == day("12-07")
    assert first_answered_day(date.max, fridays) == date.max

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sincerely.protocol.legal_clocks import LAWS, Law, Place, keep_until, laws_at, tell_by

TORONTO = Place("CA", "ON", 40)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_each_law_says_why_since_when_and_where_it_is_written(law: Law) -> None:
    assert law.because.strip()
    assert law.source.strip()
    assert law.since
    assert (law.days > 0) == (law.duty == "tell")
    assert (law.years > 0) == (law.duty == "keep")


def test_each_law_has_an_id_and_a_day_of_its_own() -> None:
    assert len({(law.id, law.since) for law in LAWS}) == len(LAWS)


@pytest.mark.parametrize(
    ("last_interview", "told_by"),
    [
        ("2026-01-01", "2026-02-15"),  # the first day of the law
        ("2026-11-19", "2027-01-03"),
        ("2026-11-20", "2027-01-04"),
        ("2028-02-01", "2028-03-17"),  # over 29 February
        ("2025-12-31", None),  # before it
    ],
)
def test_in_ontario_who_was_interviewed_is_told_within_45_days(
    last_interview: str, told_by: str | None
) -> None:
    found = tell_by(TORONTO, date.fromisoformat(last_interview))
    assert (found and found.day.isoformat()) == told_by


@pytest.mark.parametrize(
    ("place", "bound"),
    [
        (Place("CA", "ON", 25), True),
        (Place("CA", "ON", 24), False),
        (Place("CA", "ON"), True),  # who says nothing is on the safe side
        (Place("ca", "on"), True),
        (Place("CA", "QC", 400), False),
        (Place("CA", "", 400), False),
        (Place("US", "ON", 400), False),
        (Place(""), False),
    ],
)
def test_a_law_binds_where_it_holds_and_from_its_size_on(place: Place, bound: bool) -> None:
    assert bool(laws_at(place)) is bound
    assert bool(tell_by(place, date(2026, 11, 19))) is bound


@pytest.mark.parametrize(
    ("told", "posting_ended", "kept"),
    [
        ("2026-11-26", "2026-11-20", "2029-11-26"),
        ("2026-11-20", "2026-12-01", "2029-12-01"),
        ("2028-02-29", "2028-02-29", "2031-02-28"),
        (None, "2026-12-01", None),
        ("2026-12-01", None, None),
        ("2025-12-01", "2025-12-31", None),
        ("2025-12-01", "2026-01-01", "2029-01-01"),
    ],
)
def test_records_are_kept_for_three_years_after_all_is_over(
    told: str | None, posting_ended: str | None, kept: str | None
) -> None:
    days = [date.fromisoformat(day) if day else None for day in (told, posting_ended)]
    found = keep_until(TORONTO, *days)
    assert (found and found.day.isoformat()) == kept


def test_of_two_laws_the_earlier_day_to_tell_and_the_later_day_to_keep_holds() -> None:
    given: dict[str, Any] = {"since": date(2026, 1, 1), "because": "So.", "source": "There."}
    where = {"country": "CA", "place": "Canada"}
    laws = [
        Law(id="a", duty="tell", days=30, **given, **where),
        Law(id="b", duty="tell", days=20, **given, **where),
        Law(id="c", duty="keep", years=1, **given, **where),
        Law(id="d", duty="keep", years=2, **given, **where),
    ]
    told = tell_by(TORONTO, date(2026, 6, 1), laws)
    kept = keep_until(TORONTO, date(2026, 6, 1), date(2026, 6, 1), laws)
    assert told is not None and kept is not None  # noqa: PT018
    assert (told.law.id, kept.law.id) == ("b", "d")


def test_a_law_that_changes_is_another_row_for_later_interviews() -> None:
    old, _ = LAWS
    new = Law(
        id=old.id, since=date(2028, 1, 1), because=old.because, source=old.source, duty="tell",
        place="Ontario", country="CA", subdivision="ON", days=30,
    )  # fmt: skip
    before = tell_by(TORONTO, date(2027, 12, 31), [old, new])
    after = tell_by(TORONTO, date(2028, 1, 1), [old, new])
    assert before is not None and after is not None  # noqa: PT018
    assert (before.law.days, after.law.days) == (45, 30)

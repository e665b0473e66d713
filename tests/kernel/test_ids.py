from __future__ import annotations

import datetime as dt
import time

from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import (
    reference_number,
    repeatable_ids,
    spoken_reference,
    uuid7,
    uuid_of,
)


def test_keys_are_version_7_and_grow_with_time() -> None:
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()
    assert first.version == second.version == 7
    assert first.variant == "specified in RFC 4122"
    assert first < second


def test_a_key_made_of_another_is_the_same_each_time_and_ordered_like_it() -> None:
    key = uuid7()
    made = uuid_of(key, b"Jo")
    assert made == uuid_of(key, b"Jo")
    assert len({made, key, uuid_of(key, b"Ann"), uuid_of(uuid7(), b"Jo")}) == 4
    assert made.bytes[:6] == key.bytes[:6]


def test_a_reference_is_ten_digits_and_spoken_in_groups() -> None:
    number = reference_number()
    assert len(number) == 10
    assert number.isdecimal()
    assert number[0] != "0"
    assert spoken_reference("4821553907") == "4821 553 907"


def test_ids_made_one_after_the_other_sort_so() -> None:
    made = [uuid7() for _ in range(1_000)]
    assert made == sorted(made)


def test_for_a_simulation_ids_can_be_repeated_and_go_by_its_clock() -> None:
    noon = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)

    def made() -> list[object]:
        with repeatable_ids("seven"), clock_at(noon):
            first = [uuid7(), uuid7()]
            with clock_at(noon - dt.timedelta(hours=1)):
                return [*first, uuid7(), reference_number()]

    assert made() == made()
    *ids, number = made()
    assert ids == sorted(ids)  # type: ignore[type-var]
    assert int(ids[0]) >> 80 == noon.timestamp() * 1000  # type: ignore[call-overload]
    assert len(str(number)) == 10
    assert uuid7() != made()[0]

from __future__ import annotations

import time

from sincerely.kernel.ids import reference_number, spoken_reference, uuid7, uuid_of


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

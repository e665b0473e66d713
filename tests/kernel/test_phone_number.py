from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.kernel.phone_number import NotANumber, example, read_phone, readable


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("(201) 555-0123", "US", "+12015550123"),
        ("087 123 4567", "IE", "+353871234567"),
        ("+49 1512 3456789", "US", "+4915123456789"),
        ("0049 1512 3456789", "US", "+4915123456789"),
        ("٠٨٧١٢٣٤٥٦٧", "IE", "+353871234567"),
        ("tel:+353 87 123 4567", "US", "+353871234567"),
    ],
)
def test_a_number_is_read_as_it_is_written_there(typed: str, country: str, number: str) -> None:
    assert read_phone(typed, country) == number


@pytest.mark.parametrize("typed", ["call me maybe", "1-800-FLOWERS", "201 555 0123 ext. 7", "电话"])
def test_letters_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotANumber, match="without letters, such as"):
        read_phone(typed, "US")


@pytest.mark.parametrize("typed", ["12", "+", "-", "9" * 30, "+999 12345678"])
def test_what_nobody_could_dial_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotANumber, match="With the country's code it always works"):
        read_phone(typed, "IE")


@pytest.mark.parametrize("country", ["IE", "US", "ZZ", ""])
def test_the_example_is_a_number_itself(country: str) -> None:
    number = readable(read_phone(example(country), ""))
    assert number.replace("-", " ").split() == example(country).split()


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = read_phone(text, "IE")
    except NotANumber:
        return
    assert number[0] == "+"
    assert len(number) <= 16

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.kernel.text import one_line, some_lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jo \t Smith\n", "Jo Smith"),
        ("Jo\x00\x07", "Jo"),
        ("fdp.\u202eexe", "fdp.exe"),
        ("\ufeffJo\u2060", "Jo"),
        ("Zoe\u0308", "Zoë"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("\u200d\u200b", ""),
        ("a\u2028b", "a b"),
    ],
)
def test_a_line_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_some_lines_keep_their_ends_and_at_most_one_empty_line() -> None:
    assert some_lines("a \r\n\r\n\r\n\r\nb\rc\x00") == "a\n\nb\nc"


@given(st.text())
def test_cleaning_once_is_enough(text: str) -> None:
    for clean in (one_line, some_lines):
        assert clean(clean(text)) == clean(text)
        assert unicodedata.is_normalized("NFC", clean(text))

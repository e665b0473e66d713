from __future__ import annotations

import pytest

from sincerely.hiring.tone_check import LONGEST_DRAFT, check_tone

PUSHY = "I am the perfect fit. When can we meet? I will call you again."


def test_the_pieces_make_up_the_text_and_the_flagged_ones_name_their_rule() -> None:
    checked = check_tone(PUSHY)
    assert "".join(piece.text for piece in checked.pieces) == PUSHY
    assert [(piece.text, piece.ends) for piece in checked.pieces if piece.is_flagged] == [
        ("perfect fit", (1,)),
        ("When can we meet", (2,)),
        ("I will ", ()),
        ("call", (2,)),
        (" you again", (3,)),
    ]
    assert [(found.number, found.name, found.words) for found in checked.findings] == [
        (1, "Selling", ("perfect fit",)),
        (2, "Pushing", ("When can we meet", "I will call")),
        (3, "Asking again", ("call you again",)),
    ]
    assert all(found.because and found.source for found in checked.findings)


def test_a_plain_question_sounds_fine() -> None:
    checked = check_tone("Hello, is the position still open? Thank you. Jo")
    assert (checked.findings, checked.words) == ((), 9)
    assert not any(piece.is_flagged for piece in checked.pieces)


@pytest.mark.parametrize(("spoken", "long"), [(False, False), (True, True)])
def test_what_is_said_aloud_must_be_shorter(spoken: bool, long: bool) -> None:
    checked = check_tone("word " * 60, spoken=spoken)
    assert bool(checked.findings) is long
    assert any(piece.is_only_long for piece in checked.pieces if piece.is_flagged) is long


@pytest.mark.parametrize(
    "phrase", ["When can we meet? ", "you never ", "reply ", "مرحبا ", "🍕", "<b>", " "]
)
def test_the_longest_text_comes_back_whole(phrase: str) -> None:
    text = (phrase * LONGEST_DRAFT)[:LONGEST_DRAFT]
    checked = check_tone(text)
    assert "".join(piece.text for piece in checked.pieces) == text
    assert all(len(found.words) <= 5 for found in checked.findings)

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.problems import Problem
from sincerely.reading.resume_text import ResumeText, tidy


def test_what_a_database_refuses_is_gone() -> None:
    assert tidy("J\x00o\ud800 \x1bM\ufffeurphy\ue0a0") == "Jo Murphy"


def test_ligatures_become_letters_again_so_that_words_are_found() -> None:
    assert tidy("o\ufb03ce scienti\x1cc di\x1berent Stackover\x1dow") == (
        "office scientific different Stackoverflow"
    )


def test_lines_are_kept_and_gaps_are_not() -> None:
    assert tidy("Jo \r\n\r\n\r\n\r\n  Murphy\x0cCook\u00a0now") == "Jo\n\nMurphy\nCook now"


def test_persian_joiners_and_emoji_survive() -> None:
    assert tidy("می\u200cخواهم 👩\u200d🍳") == "می\u200cخواهم 👩\u200d🍳"


@given(st.text())
def test_tidy_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert "\x00" not in once
    assert json.loads(json.dumps(once).encode()) == once
    assert tidy(once) == once


def test_a_reading_that_failed_has_a_sentence_and_a_good_one_has_none() -> None:
    assert ResumeText("", Problem.ENCRYPTED).sentence == Problem.ENCRYPTED.sentence
    assert ResumeText("Jo").sentence == ""

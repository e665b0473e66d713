"""What somebody wrote, without what their program quoted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.trimming import trim

OURS = """Hello Jo,

your application for Line cook has arrived, complete and readable.

You will hear from us by Thursday, 3 December.

Blue Spoon Diner"""


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


@pytest.mark.parametrize(
    "mail",
    [
        f"Is it still open?\n\nOn Mon, 16 Nov 2026 at 09:12, Blue Spoon wrote:\n{quoted(OURS)}",
        "Is it still open?\n\nOn Mon, 16 Nov 2026 at 09:12, Blue Spoon Diner\n"
        f"<no-reply@example.org> wrote:\n\n{quoted(OURS)}",
        f"Is it still open?\n\nAm 16.11.2026 um 09:12 schrieb Blue Spoon:\n{quoted(OURS)}",
        f"Is it still open?\n\nLe lun. 16 nov. 2026, Blue Spoon a écrit :\n{quoted(OURS)}",
        f"Is it still open?\n\n-----Original Message-----\nFrom: Blue Spoon\n{OURS}",
        "Is it still open?\n\nFrom: Blue Spoon <x@example.org>\nSent: Monday\nTo: Jo\n"
        f"Subject: Receipt\n\n{OURS}",
        f"Is it still open?\n\nVon: Blue Spoon\nGesendet: Montag\nAn: Jo\n\n{OURS}",
        f"On Monday, 16 November 2026, Blue Spoon wrote:\n{quoted(OURS)}\n\nIs it still open?",
        f"{quoted(OURS)}\n\nIs it still open?",
        "Is it still open?\n\n-- \nJo Smith\n+1 212 555 0100",
        "Is it still open?\n\nSent from my iPhone",
        "Is it still open?\n\nGet Outlook for Android",
        f"Is it still open?\n\n16 Nov 2026 Blue Spoon 写道：\n{quoted(OURS)}",
    ],
)
def test_the_question_is_left(mail: str) -> None:
    assert trim(mail) == "Is it still open?"


@pytest.mark.parametrize(
    "said",
    [
        "From: 9:00\nTo: 17:00\nThose are my hours.",
        "I am free\nFrom: 3 Nov 2026\nTo: 7 Nov 2026\nand later.",
        "My lines\n--\n" + "\n".join(f"{number}. reason" for number in range(20)),
        "Call me at 10:30, or write to jo@example.org:\nboth are fine.",
        "On 3 November 2026 I sent you my certificates:\nfirst aid\nfood safety",
        "Sent by post yesterday.",
        "Mit der Post gesendet.",
        "On 3 Nov 2026 I wrote:\nmay I come on Monday?",
        "One part.\n\n______________________\n\nThe other part.",
        ">>> important <<<\nI moved.",
    ],
)
def test_a_person_s_own_words_are_kept_whatever_they_look_like(said: str) -> None:
    assert trim(said) == said


def test_lines_of_the_message_that_was_answered_go_even_where_nothing_marks_them() -> None:
    assert trim(f"Is it still open?\n\n{OURS}\n", OURS).startswith("Is it still open?")
    assert "complete and readable" not in trim(f"Is it still open?\n\n{OURS}", OURS)


def test_an_answer_between_the_quoted_lines_is_kept() -> None:
    assert trim("> Which day suits you?\nTuesday.\n> And the time?\nTen.") == "Tuesday.\nTen."


def test_a_sentence_that_only_looks_like_an_introduction_is_kept() -> None:
    said = "On Monday I wrote to you.\nFrom my side all is well."
    assert trim(said) == said


@given(st.text(alphabet="On wrote:>-\nab \r\t_From写道", max_size=2_000))
def test_anything_can_be_trimmed(text: str) -> None:
    assert len(trim(text)) <= len(text)


@pytest.mark.parametrize("line", ["On " + "a " * 50_000, "> " * 50_000, "On a\n" * 50_000])
def test_a_hostile_mail_costs_no_more_than_its_length(line: str) -> None:
    began = time.process_time()
    trim(line)
    assert time.process_time() - began < 2

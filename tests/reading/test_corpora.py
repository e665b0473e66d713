"""The figures that docs/mail.md promises, on mail that others collected."""

from __future__ import annotations

import pytest

from tests.reading.corpora import bounces, replies
from tests.reading.scoring import score_bounces, score_replies


@pytest.mark.parametrize("held_out", [False, True], ids=["seen", "held out"])
def test_bounces_of_others_are_read(held_out: bool) -> None:
    score = score_bounces(sample for sample in bounces() if sample.is_held_out == held_out)
    assert score.mails > 90
    assert score.found >= 0.95 * score.bounces, score.faults
    assert score.wrong == 0, score.faults
    assert score.taken == 0, score.faults
    assert score.outcome_right >= 0.98 * score.mails, score.faults


@pytest.mark.parametrize("held_out", [False, True], ids=["seen", "held out"])
def test_answers_of_others_are_trimmed(held_out: bool) -> None:
    score = score_replies(sample for sample in replies() if sample.is_held_out == held_out)
    assert score.mails > 25
    assert score.exact >= 0.9 * score.mails, score.faults
    assert score.lost == 0, score.faults

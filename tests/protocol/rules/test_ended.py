from __future__ import annotations

import pytest

from sincerely.protocol.facts import Incident
from tests.protocol.days import asked, day, promised, row, verdict_on


@pytest.mark.parametrize("today", ["11-02", "11-20", "12-31", "2036-01-01"])
def test_whoever_was_told_the_outcome_asks_no_more(today: str) -> None:
    assert row(verdict_on(today, told_on=day("11-20"))) == ("told", "no_contact", "")


def test_a_told_outcome_outweighs_a_broken_promise_and_a_bounce() -> None:
    verdict = verdict_on(
        "12-10",
        told_on=day("12-01"),
        receipt="bounced",
        promises=(promised("11-01", "11-10"),),
        incident=Incident(failed_on=day("11-01")),
    )
    assert row(verdict) == ("told", "no_contact", "")


@pytest.mark.parametrize("today", ["11-02", "11-20", "12-31"])
def test_whoever_withdrew_needs_no_follow_up(today: str) -> None:
    verdict = verdict_on(today, withdrawn_on=day("11-02"), contacts=(asked("11-03"),))
    assert row(verdict) == ("withdrawn", "no_contact", "")


def test_being_told_comes_before_having_withdrawn() -> None:
    verdict = verdict_on("12-01", told_on=day("11-20"), withdrawn_on=day("11-21"))
    assert verdict.rule == "told"

from __future__ import annotations

import pytest

from sincerely.protocol.policy import Policy
from tests.protocol.days import day, promised, verdict_on

ALWAYS = ["never-sell", "never-push", "never-drop-in", "never-second"]


@pytest.mark.parametrize("today", ["11-01", "11-08", "12-24"])
@pytest.mark.parametrize("told", [None, "11-05"])
def test_four_things_are_never_fine(today: str, told: str | None) -> None:
    verdict = verdict_on(today, told_on=day(told) if told else None)
    assert [rule.id for rule in verdict.avoid] == ALWAYS


@pytest.mark.parametrize(
    ("stance", "avoided"),
    [
        ("email_once", [*ALWAYS, "never-call"]),
        ("no_follow_up_before_promise", [*ALWAYS, "never-call"]),
        ("call_once", ALWAYS),
        ("calls_welcome", ALWAYS),
    ],
)
def test_a_stance_against_calls_says_so(stance: str, avoided: list[str]) -> None:
    verdict = verdict_on("11-20", Policy(stance=stance))  # type: ignore[arg-type]
    assert [rule.id for rule in verdict.avoid] == avoided


@pytest.mark.parametrize(("today", "noted"), [("12-04", True), ("12-07", False)])
def test_an_answer_comes_anyway_only_while_the_promise_runs(today: str, noted: bool) -> None:
    verdict = verdict_on(today, Policy(), promises=(promised("11-01", "12-04"),))
    assert ("hear-anyway" in [rule.id for rule in verdict.because]) == noted

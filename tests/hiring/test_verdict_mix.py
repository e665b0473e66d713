from __future__ import annotations

from collections import Counter

from sincerely.hiring.verdict_mix import DECIDING, TODAY, decide, mix


def test_every_rule_decides_where_it_should() -> None:
    cases = list(mix(4_000))
    decided = [decide(case.facts, case.rulebook, TODAY).rule for case in cases]
    assert decided == [case.rule for case in cases]
    assert set(decided) == set(DECIDING)


def test_the_same_seed_gives_the_same_week() -> None:
    assert list(mix(50)) == list(mix(50))
    assert list(mix(50)) != list(mix(50, seed=2))


def test_most_verdicts_of_a_week_are_about_applications_that_are_well() -> None:
    (most, _count), *_rest = Counter(case.rule for case in mix(2_000)).most_common()
    assert most == "status-page"

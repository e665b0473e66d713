from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sincerely.protocol.decide import decide
from sincerely.protocol.explain import FOR_APPLICANT, FOR_RECRUITER
from sincerely.protocol.facts import Facts
from sincerely.protocol.policy import STANCES, Policy
from sincerely.protocol.rule import Rule, Rulebook
from sincerely.protocol.rulebooks import ALL_RULES, A, B, compile_policy, rulebook_for
from sincerely.protocol.rules.channels import TOO_EARLY
from tests.protocol.days import day


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.id)
def test_every_rule_says_since_when_why_and_from_where(rule: Rule) -> None:
    assert rule.id == rule.id.lower().strip()
    assert rule.since > date(2000, 1, 1)
    assert rule.because.endswith(".")
    assert rule.because.count(". ") == 0, "one sentence"
    assert rule.source.strip()


def test_no_two_rows_share_an_id_and_a_day() -> None:
    rows = [(rule.id, rule.since) for rule in ALL_RULES]
    assert len(rows) == len(set(rows))


def test_every_sentence_of_an_explanation_belongs_to_a_rule() -> None:
    ids = {rule.id for rule in ALL_RULES}
    assert set(FOR_APPLICANT) <= ids
    assert set(FOR_RECRUITER) <= ids


@pytest.mark.parametrize("rulebook", [A, B, *(compile_policy(Policy(stance=s)) for s in STANCES)])
def test_the_last_rule_of_every_rulebook_matches_always(rulebook: Rulebook) -> None:
    assert decide(Facts(applied_on=day("11-01")), rulebook, day("2030-01-01")).permits_contact


def test_equal_policies_share_one_compiled_rulebook() -> None:
    assert compile_policy(Policy(wait_days=3)) is compile_policy(Policy(wait_days=3))
    assert rulebook_for(None) is B
    assert rulebook_for(None, otherwise=A) is A
    assert rulebook_for(Policy()).name == "policy"


def test_a_dated_change_judges_what_is_sent_from_then_on() -> None:
    stricter = replace(TOO_EARLY, since=day("12-01"), because="It is far too soon to ask.")
    changed = Rulebook("B", (*B.rows, stricter), None, B.channel, B.alternatives)
    reasons = [
        decide(Facts(applied_on=day(sent)), changed, day("12-02")).because[0]
        for sent in ("11-30", "12-01")
    ]
    assert reasons == [TOO_EARLY, stricter]


def test_the_first_row_also_judges_what_was_sent_before_unless_it_is_a_law() -> None:
    oldest = decide(Facts(applied_on=date(1999, 1, 1)), B, date(1999, 1, 2))
    assert oldest.rule == "too-early"
    assert "ontario-45-days" not in B.table_on(date(2025, 12, 31)).ids
    assert "ontario-45-days" in B.table_on(date(2026, 1, 1)).ids

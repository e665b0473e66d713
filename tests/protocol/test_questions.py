from __future__ import annotations

from itertools import product

import pytest

from sincerely.protocol.decide import decide
from sincerely.protocol.parse import FactsError
from sincerely.protocol.policy import Policy
from sincerely.protocol.questions import (
    MOST_QUESTIONS,
    QUESTIONS,
    next_question,
    path_of,
    query_from_answers,
)
from sincerely.protocol.rulebooks import B, compile_policy
from tests.protocol.days import day

TODAY = day("12-03")
SENT = {
    "sent": "sent",
    "day": "2026-11-10",
    "news": "nothing",
    "promised": "",
    "asked": "",
    "vouch": "no",
    "says": "nothing",
}
FAILED = {"sent": "failed", "day": "2026-12-01", "support": "not_asked", "steps": "no"}


def rule_for(answers: dict[str, str], policy: Policy | None = None) -> str:
    query = query_from_answers(answers, TODAY, policy)
    return decide(query.facts, query.rulebook, query.today).rule


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({}, "unknown-employer"),
        ({"day": "2026-12-01"}, "too-early"),
        ({"news": "missing"}, "not-received"),
        ({"news": "bounced"}, "not-received"),
        ({"news": "told"}, "told"),
        ({"promised": "2026-12-10"}, "promise-running"),
        ({"promised": "2026-12-01"}, "promise-broken"),
        ({"asked": "2026-11-20"}, "once"),
        ({"asked": "2026-11-20", "promised": "2026-12-01"}, "promise-broken"),
        ({"asked": "2026-12-02", "promised": "2026-12-01"}, "once"),
        ({"vouch": "call"}, "vouched"),
        ({"vouch": "probably"}, "unknown-employer"),
        ({"says": "email_once"}, "policy-email"),
        ({"says": "call_once"}, "policy-call"),
        ({"says": "no_follow_up_before_promise"}, "no-date-given"),
        ({"says": "walk_in"}, "walk-in"),
        ({"says": "bold", "day": "2026-12-02"}, "bold-culture"),
    ],
)
def test_the_answers_lead_to_the_rules(changed: dict[str, str], rule: str) -> None:
    assert rule_for({**SENT, **changed}) == rule


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({}, "incident-support"),
        ({"support": "waiting"}, "incident-wait"),
        ({"support": "silent"}, "incident-steps"),
        ({"support": "silent", "steps": "yes"}, "incident-escalate"),
        ({"support": "none", "steps": "yes"}, "incident-escalate"),
        ({"support": "none"}, "incident-steps"),
    ],
)
def test_a_failed_system_leads_to_support_first(changed: dict[str, str], rule: str) -> None:
    assert rule_for({**FAILED, **changed}) == rule


def test_whoever_sent_nothing_is_asked_nothing_more() -> None:
    assert next_question({"sent": "not_yet"}) is None
    assert rule_for({"sent": "not_yet"}) == "not-applied"


def test_at_most_seven_questions_are_asked_whatever_the_answers() -> None:
    choices = [[c.value for c in q.choices] or ["", "2026-12-01"] for q in QUESTIONS]
    for given in product(*choices):
        answers = {question.id: value for question, value in zip(QUESTIONS, given, strict=True)}
        assert len(path_of(answers)) <= MOST_QUESTIONS


def test_questions_come_one_by_one_until_all_is_said() -> None:
    answers: dict[str, str] = {}
    asked = []
    while (question := next_question(answers)) is not None:
        asked.append(question.id)
        answers[question.id] = SENT[question.id]
    assert asked == list(SENT)


def test_a_published_policy_is_not_asked_for_and_is_obeyed() -> None:
    policy = Policy(stance="call_once")
    assert "says" not in [question.id for question in path_of(SENT, policy_known=True)]
    query = query_from_answers({**SENT, "says": "email_once"}, TODAY, policy)
    assert query.rulebook is compile_policy(policy)
    assert query_from_answers(SENT, TODAY).rulebook is B


@pytest.mark.parametrize(
    ("changed", "question"),
    [
        ({"sent": "maybe"}, "sent"),
        ({"day": ""}, "day"),
        ({"day": "yesterday"}, "day"),
        ({"day": "2027-01-01"}, "day"),
        ({"news": ""}, "news"),
        ({"promised": "soon"}, "promised"),
        ({"asked": "2027-01-01"}, "asked"),
        ({"vouch": "perhaps"}, "vouch"),
    ],
)
def test_an_answer_that_cannot_be_names_its_question(
    changed: dict[str, str], question: str
) -> None:
    answers = {**SENT, **changed}
    if question == "sent":
        assert len(path_of(answers)) == 1
    with pytest.raises(FactsError) as refused:
        query_from_answers(answers, TODAY)
    assert refused.value.path == question


def test_names_may_be_given_for_the_draft() -> None:
    query = query_from_answers({**SENT, "job": "Nurse", "applicant": "Jo"}, TODAY)
    assert (query.facts.job, query.facts.applicant, query.facts.employer) == ("Nurse", "Jo", "")

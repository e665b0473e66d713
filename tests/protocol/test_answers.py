from __future__ import annotations

from datetime import date

import pytest

from sincerely.protocol.answers import problems, query_from_answers
from sincerely.protocol.decide import decide
from sincerely.protocol.drafts import draft
from sincerely.protocol.parse import FactsError
from sincerely.protocol.policy import Policy
from sincerely.protocol.questions import path_of
from sincerely.protocol.rulebooks import B, compile_policy
from tests.protocol.days import day
from tests.protocol.test_questions import SENT

TODAY = day("12-03")
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


def test_whoever_sent_nothing_applies_first() -> None:
    assert rule_for({"sent": "not_yet"}) == "not-applied"


def test_a_published_policy_is_obeyed_whatever_else_was_answered() -> None:
    policy = Policy(stance="call_once")
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


@pytest.mark.parametrize(
    ("changed", "question", "says"),
    [
        ({"day": "2026-12-05"}, "day", "Saturday, 5 December lies in the future."),
        ({"day": "2026-02-29"}, "day", "Write a day of the calendar, like 2026-12-03."),
        ({"day": "0026-11-10"}, "day", "Tuesday, 10 November 26: is the year right?"),
        ({"day": "2015-12-31"}, "day", "Thursday, 31 December 2015: is the year right?"),
        ({"asked": "2026-12-05"}, "asked", "Saturday, 5 December lies in the future."),
        (
            {"asked": "2026-11-09"},
            "asked",
            "Monday, 9 November lies before the day you applied, Tuesday, 10 November.",
        ),
        (
            {"promised": "2025-11-09"},
            "promised",
            "Sunday, 9 November 2025 lies before the day you applied, Tuesday, 10 November.",
        ),
        ({"promised": "9999-12-31"}, "promised", "Friday, 31 December 9999: is the year right?"),
        ({"news": "?"}, "news", "Pick one of the answers."),
    ],
)
def test_a_wrong_answer_is_told_in_a_sentence_and_alone(
    changed: dict[str, str], question: str, says: str
) -> None:
    assert problems({**SENT, **changed}, TODAY) == {question: says}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"day": "2026-12-04"},  # it is tomorrow somewhere
        {"day": "2024-02-29"},
        {"day": " 2026-11-10T08:00:00+13:00 "},
        {"promised": "2027-06-01", "asked": "2026-11-10"},
    ],
)
def test_a_fine_answer_is_not_a_problem(changed: dict[str, str]) -> None:
    answers = {**SENT, **changed}
    assert problems(answers, TODAY) == {}
    assert query_from_answers(answers, TODAY)


def test_what_was_not_answered_yet_is_open_and_not_wrong() -> None:
    assert problems({"sent": "sent", "asked": ""}, TODAY) == {}
    assert problems({}, TODAY) == {}


def test_every_wrong_answer_is_named_at_once() -> None:
    wrong = problems({**SENT, "day": "soon", "news": "", "vouch": "perhaps"}, TODAY)
    assert list(wrong) == ["day", "news", "vouch"]


def test_the_draft_to_a_person_somebody_named_leaves_room_for_the_names() -> None:
    query = query_from_answers({**SENT, "vouch": "email"}, TODAY)
    verdict = decide(query.facts, query.rulebook, date(2026, 12, 3))
    text = draft(verdict, query.facts)
    assert text is not None
    assert text.body.startswith("Hello [their name],\n\n[the person who sent me] told me")

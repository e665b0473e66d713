from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.facts import Incident
from sincerely.protocol.policy import Policy
from tests.protocol.days import asked, day, row, verdict_on

# The system failed on Tuesday, 24 November 2026.
FAILED = {"failed_on": day("11-24")}


def incident(**more: Any) -> Incident:
    return Incident(**{**FAILED, **more})


@pytest.mark.parametrize("today", ["11-24", "11-25", "12-24"])
def test_support_is_asked_first(today: str) -> None:
    verdict = verdict_on(today, applied_on=None, incident=incident())
    assert row(verdict) == ("incident-support", "ask_support", "")
    assert verdict.to is not None
    assert verdict.to.role == "support"


# Asked on Wednesday; two business days later is Friday, so the weekend still belongs to the wait.
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-25", ("incident-wait", "wait", "11-30")),
        ("11-26", ("incident-wait", "wait", "11-30")),
        ("11-27", ("incident-wait", "wait", "11-30")),
        ("11-28", ("incident-escalate", "call", "11-30")),
        ("11-30", ("incident-escalate", "call", "11-30")),
        ("12-05", ("incident-escalate", "call", "12-07")),
    ],
)
def test_silent_support_opens_one_call_after_its_reply_time(
    today: str, expected: tuple[str, str, str]
) -> None:
    asked_support = incident(support_asked_on=day("11-25"), steps_followed=True)
    assert row(verdict_on(today, applied_on=None, incident=asked_support)) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("12-01", ("incident-wait", "wait", "12-03")),
        ("12-02", ("incident-wait", "wait", "12-03")),
        ("12-03", ("incident-escalate", "call", "12-03")),
    ],
)
def test_support_may_name_its_own_reply_time(today: str, expected: tuple[str, str, str]) -> None:
    patient = incident(support_asked_on=day("11-25"), reply_by=day("12-02"), steps_followed=True)
    assert row(verdict_on(today, applied_on=None, incident=patient)) == expected


@pytest.mark.parametrize("today", ["11-24", "12-24"])
def test_without_any_support_the_employer_may_be_called_once_the_steps_were_followed(
    today: str,
) -> None:
    before = incident(support_exists=False)
    after = incident(support_exists=False, steps_followed=True)
    assert verdict_on(today, incident=before).rule == "incident-steps"
    assert verdict_on(today, incident=after).rule == "incident-escalate"


def test_steps_not_followed_come_before_the_call() -> None:
    skipped = incident(support_asked_on=day("11-25"))
    assert row(verdict_on("12-10", incident=skipped)) == ("incident-steps", "follow_steps", "")


def test_an_answer_that_did_not_solve_it_leaves_it_with_support() -> None:
    answered = incident(support_asked_on=day("11-25"), replied_on=day("11-26"))
    assert verdict_on("12-10", incident=answered).rule == "incident-support"


def test_the_call_is_fine_even_where_calls_are_not_and_is_not_advised_against() -> None:
    silent = incident(support_exists=False, steps_followed=True)
    verdict = verdict_on("12-10", Policy(stance="email_once"), incident=silent)
    assert verdict.action == "call"
    assert "never-call" not in [rule.id for rule in verdict.avoid]


@pytest.mark.parametrize("about", ["incident", "follow_up"])
def test_the_one_call_is_used_up_by_any_contact_since_the_failure(about: str) -> None:
    silent = incident(support_exists=False, steps_followed=True)
    verdict = verdict_on(
        "12-10", applied_on=None, incident=silent, contacts=(asked("11-24", about=about),)
    )
    assert row(verdict) == ("once", "wait", "")


def test_a_follow_up_before_the_failure_leaves_the_call() -> None:
    silent = incident(support_exists=False, steps_followed=True)
    verdict = verdict_on("12-10", incident=silent, contacts=(asked("11-23"),))
    assert verdict.rule == "incident-escalate"


def test_a_solved_failure_gives_the_follow_up_back() -> None:
    solved = incident(support_asked_on=day("11-24"), solved_on=day("11-25"))
    email = Policy(stance="email_once")
    used = {"contacts": (asked("11-10"),)}
    assert verdict_on("12-10", email, **used).rule == "once"
    assert verdict_on("12-10", email, incident=solved, **used).rule == "policy-email"


def test_a_solved_failure_without_an_application_leads_to_applying() -> None:
    solved = incident(solved_on=day("11-25"))
    verdict = verdict_on("12-10", applied_on=None, incident=solved, contacts=(asked("11-26"),))
    assert verdict.rule == "not-applied"

from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.decide import decide
from sincerely.protocol.facts import Facts, Promise
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import ROLES, STANCES, Policy, WalkIn
from sincerely.protocol.policy_notes import notes
from sincerely.protocol.policy_words import sentences
from sincerely.protocol.rulebooks import compile_policy
from tests.protocol.days import day

HOURS = parse_hours("Mon-Fri 9-17")
WALK_IN = WalkIn(place="12 Main Street", hours=HOURS)
CALLS: dict[str, Any] = {
    "stance": "calls_welcome",
    "phone": "+1 555 0100",
    "phone_hours": HOURS,
    "email": "jobs@agency.example",
}
MAIL: dict[str, Any] = {"email": "jobs@hospital.example"}


def said(**fields: Any) -> str:
    return " ".join(notes(Policy(**fields), 5))


def test_a_policy_that_does_what_it_says_needs_no_note() -> None:
    assert notes(Policy(**MAIL), 5) == []
    assert notes(Policy(**CALLS), 5) == []


@pytest.mark.parametrize("role", ["hr", "recruiter", "front_desk", "support"])
def test_bold_without_somebody_from_the_field_changes_nothing(role: str) -> None:
    text = said(**CALLS, culture="bold", contact_role=role)
    assert "Bold changes nothing while" in text
    assert "the normal rules hold" in text


def test_bold_against_a_stance_without_calls_changes_nothing() -> None:
    assert "Bold changes nothing: you ask people not to call" in said(
        **MAIL, culture="bold", contact_role="owner"
    )


def test_a_bold_call_makes_the_wait_pointless() -> None:
    text = said(**CALLS, culture="bold", contact_role="hiring_manager")
    assert text == "The wait of 7 days plays no part: a bold call is welcome at once."


def test_walk_in_hours_come_before_the_wait_and_after_the_date() -> None:
    assert "Walk-in hours come first" in said(**MAIL, walk_in=WALK_IN)
    text = said(stance="no_follow_up_before_promise", walk_in=WALK_IN)
    assert "Who has applied is told to wait for your date" in text


def test_a_wait_for_the_date_makes_the_other_wait_rare() -> None:
    assert "counts only where no date stands" in said(stance="no_follow_up_before_promise")


def test_people_who_may_ask_before_the_answer_is_due_will() -> None:
    assert "after 3 days, while your first answer may take 5" in said(**MAIL, wait_days=3)
    assert "at once, while" in said(**MAIL, wait_days=0)
    assert "before your answer" not in said(**MAIL, wait_days=5)


def test_a_way_without_its_address_or_its_hours_is_noted() -> None:
    assert "no address is given" in said(stance="email_once")
    assert "Say when the phone is answered" in said(**CALLS | {"phone_hours": ()})
    assert "give no number" in said(stance="call_once")
    assert "kept but not shown" in said(**MAIL, phone="+1 555 0100")


@pytest.mark.parametrize("stance", STANCES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("culture", ["standard", "bold"])
@pytest.mark.parametrize("walk_in", [None, WALK_IN])
def test_notes_and_sentences_say_what_the_rules_do(
    stance: Any, role: Any, culture: Any, walk_in: WalkIn | None
) -> None:
    """On the day of applying, with a date given, for every combination."""
    fields = CALLS | {"stance": stance, "contact_role": role}
    policy = Policy(**fields, culture=culture, walk_in=walk_in)
    promise = Promise(made_on=day("11-02"), due_on=day("11-09"))
    facts = Facts(applied_on=day("11-02"), receipt="arrived", promises=(promise,))
    verdict = decide(facts, compile_policy(policy), day("11-02"))
    text, told = " ".join(notes(policy)), " ".join(sentences(policy))
    assert (verdict.action == "visit") == ("Walk-in hours come first" in text)
    if culture == "bold" and walk_in is None:
        assert (verdict.rule == "bold-culture") == ("Bold changes nothing" not in text)
        assert (verdict.rule == "bold-culture") == ("boldness is welcome" in told)

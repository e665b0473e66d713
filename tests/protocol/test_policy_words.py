from __future__ import annotations

import pytest

from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import STANCES, Policy, WalkIn
from sincerely.protocol.policy_words import sentences
from tests.protocol.days import day


def test_an_employer_who_wants_one_mail_says_so() -> None:
    assert sentences(Policy(email="jobs@hospital.example")) == [
        "You may ask about your application once, by e-mail, from 7 days after you applied."
        " Please do not call.",
        "Write to the recruiter at jobs@hospital.example.",
        "Please do not drop in without an appointment.",
        "If we miss a date we gave you, you may write to us again.",
    ]


def test_an_employer_who_takes_calls_names_the_number_and_the_hours() -> None:
    policy = Policy(
        stance="calls_welcome",
        wait_days=1,
        phone="+1 555 0100",
        phone_hours=parse_hours("Mon-Fri 9-17"),
        contact_name="Hugo",
        contact_role="hiring_manager",
        culture="bold",
        time_zone="America/Toronto",
    )
    assert sentences(policy)[:3] == [
        "You are welcome to call once about your application, or to e-mail, from one day after you"
        " applied.",
        "Ask for Hugo, phone +1 555 0100.",
        "The phone is answered: Monday to Friday, 9:00 to 17:00 (America/Toronto).",
    ]
    assert "A little boldness is welcome here: you need not wait before you call." in sentences(
        policy
    )


def test_walk_in_hours_are_told_with_place_and_end() -> None:
    walk_in = WalkIn(place="12 Main Street", hours=parse_hours("Tue 14-16"), until=day("12-24"))
    assert sentences(Policy(walk_in=walk_in))[2] == (
        "You may come in without an appointment: 12 Main Street. Tuesday, 14:00 to 16:00."
        " The last such day is Thursday, 24 December."
    )


@pytest.mark.parametrize("stance", STANCES)
@pytest.mark.parametrize("wait", [0, 1, 14])
def test_every_stance_can_be_said_with_every_wait(stance: str, wait: int) -> None:
    said = sentences(Policy(stance=stance, wait_days=wait))  # type: ignore[arg-type]
    assert all(sentence and "{" not in sentence for sentence in said)
    forbids = stance in ("email_once", "no_follow_up_before_promise")
    assert ("call once" in said[0]) != forbids


def test_the_sentences_pass_through_the_readers_language() -> None:
    said = sentences(Policy(), lambda text: f"<{text}>")
    assert all(sentence.startswith("<") and sentence.endswith(">") for sentence in said)
    assert "<7 days>" in said[0]

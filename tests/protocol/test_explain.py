from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.explain import explain, title
from sincerely.protocol.facts import Incident, Vouch
from sincerely.protocol.policy import Policy
from tests.protocol.days import asked, day, promised, verdict_on

EMAIL = Policy(stance="email_once")


@pytest.mark.parametrize(
    ("today", "facts", "shown", "applicant"),
    [
        ("11-02", {}, "Not yet", "You may ask from Sunday, 8 November."),
        ("11-20", {}, "E-mail", "You may write one e-mail to the recruiter, from today."),
        (
            "11-20",
            {"told_on": day("11-19")},
            "No contact",
            "You have your answer. Please do not ask again.",
        ),
        (
            "11-20",
            {"status_answers": True},
            "Read your status",
            "Look at your status page. It has the answer.",
        ),
        (
            "11-20",
            {"applied_on": None},
            "Apply first",
            "Send your application first. Then come back.",
        ),
        (
            "11-20",
            {"incident": Incident(failed_on=day("11-19"))},
            "Ask support",
            "Contact support, with your reference code and your notes. It is not your fault.",
        ),
        (
            "11-20",
            {"vouch": Vouch(person="Hugo", given_on=day("11-19"), certain=True)},
            "E-mail",
            "You may contact Hugo once, by e-mail, from today.",
        ),
    ],
)
def test_the_applicant_is_told_what_to_do_first(
    today: str, facts: dict[str, Any], shown: str, applicant: str
) -> None:
    verdict = verdict_on(today, EMAIL, **facts)
    assert title(verdict) == shown
    assert explain(verdict, today=day(today))[0] == applicant


def test_the_recruiter_reads_the_same_verdict_in_other_words() -> None:
    verdict = verdict_on("11-20", EMAIL, contacts=(asked("11-10"),))
    applicant, recruiter = explain(verdict), explain(verdict, "recruiter")
    assert applicant[0] == "You have asked once, and that was enough. Now it is their turn."
    assert recruiter[0] == (
        "This applicant has used the follow-up. Further questions get the status."
    )


def test_a_broken_promise_is_named_before_what_may_be_done() -> None:
    verdict = verdict_on("12-07", EMAIL, promises=(promised("11-01", "12-04"),))
    assert explain(verdict, today=day("12-07")) == [
        "They missed the date they gave you.",
        "You may write one e-mail to the recruiter, from today.",
        "The promised date passed and nothing came.",
    ]
    assert "An update before then would spare you both." in explain(verdict, "recruiter")[0]


def test_both_are_said_where_a_follow_up_is_fine_and_an_answer_comes_anyway() -> None:
    verdict = verdict_on("11-20", EMAIL, promises=(promised("11-01", "12-04"),))
    assert "You will hear by Friday, 4 December anyway." in explain(verdict)


def test_whoever_has_used_the_follow_up_learns_when_it_comes_back() -> None:
    used = {"contacts": (asked("11-10"),), "promises": (promised("11-01", "12-04"),)}
    said = explain(verdict_on("11-20", EMAIL, **used))
    assert (
        "If the promised date passes in silence, you may ask again from Monday, 7 December." in said
    )


def test_a_permission_that_expires_names_its_last_day() -> None:
    vouch = Vouch(person="Hugo", given_on=day("11-19"), until=day("11-27"), certain=True)
    said = explain(verdict_on("11-20", EMAIL, vouch=vouch))
    assert "The last day for this is Friday, 27 November." in said


def test_days_of_another_year_are_told_with_their_year() -> None:
    verdict = verdict_on("12-30", applied_on=day("12-30"))
    assert "Wednesday, 6 January 2027" in explain(verdict, today=day("12-30"))[0]
    assert "2027" not in explain(verdict)[0]

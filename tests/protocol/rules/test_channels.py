from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import Policy, WalkIn
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.rulebooks import A, B
from tests.protocol.days import asked, day, promised, row, verdict_on

DINER = Policy(walk_in=WalkIn(place="12 Main Street", hours=parse_hours("Tue, Thu 14-16")))
BOLD = Policy(stance="calls_welcome", culture="bold", contact_role="hiring_manager")


# 3 November 2026 is a Tuesday.
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-01", ("walk-in", "visit", "11-03")),
        ("11-03", ("walk-in", "visit", "11-03")),
        ("11-04", ("walk-in", "visit", "11-05")),
        ("11-06", ("walk-in", "visit", "11-10")),
    ],
)
def test_walk_in_hours_open_the_door_on_their_days(
    today: str, expected: tuple[str, str, str]
) -> None:
    verdict = verdict_on(today, DINER)
    assert row(verdict) == expected
    assert verdict.to is not None
    assert verdict.to.role == "front_desk"


@pytest.mark.parametrize(
    ("today", "rule"), [("11-05", "walk-in"), ("11-10", "walk-in"), ("11-11", "policy-email")]
)
def test_walk_in_hours_that_end_name_their_last_day(today: str, rule: str) -> None:
    ending = WalkIn(place="Gate 2", hours=parse_hours("Tue 14-16"), until=day("11-12"))
    verdict = verdict_on(today, Policy(walk_in=ending))
    assert verdict.rule == rule
    if rule == "walk-in":
        assert verdict.until == day("11-10")


# In the United States, Thursday 26 November 2026 is Thanksgiving, and Friday 25 December Christmas.
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-25", ("walk-in", "visit", "11-30")),
        ("11-26", ("walk-in", "visit", "11-30")),
        ("12-25", ("walk-in", "visit", "12-28")),
    ],
)
def test_nobody_is_sent_to_a_door_that_a_public_holiday_closes(
    today: str, expected: tuple[str, str, str]
) -> None:
    diner = Policy(walk_in=WalkIn(place="12 Main Street", hours=parse_hours("Mon, Thu-Fri 14-16")))
    on_thursdays = Policy(walk_in=WalkIn(place="x", hours=parse_hours("Mon, Thu 14-16")))
    policy = on_thursdays if today < "12" else diner
    assert row(verdict_on(today, policy, country="US")) == expected


@pytest.mark.parametrize(("today", "rule"), [("12-24", "walk-in"), ("12-25", "policy-email")])
def test_walk_in_hours_whose_last_day_is_a_holiday_end_the_day_before(
    today: str, rule: str
) -> None:
    ending = WalkIn(place="Gate 2", hours=parse_hours("Mon-Fri 14-16"), until=day("12-25"))
    verdict = verdict_on(today, Policy(walk_in=ending), country="US")
    assert verdict.rule == rule
    assert verdict.until == (day("12-24") if rule == "walk-in" else None)


def test_someone_who_has_not_applied_may_walk_in_and_nothing_is_used_up() -> None:
    verdict = verdict_on("11-03", DINER, applied_on=None)
    assert verdict.rule == "walk-in"
    assert not verdict.uses_follow_up


@pytest.mark.parametrize("today", ["11-01", "11-20"])
def test_whoever_sent_nothing_applies_first(today: str) -> None:
    verdict = verdict_on(today, BOLD, applied_on=None, contacts=(asked("10-01"),))
    assert row(verdict) == ("not-applied", "apply", "")


# 2 November 2026 is a Monday; the 7th is a Saturday.
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-02", ("bold-culture", "call", "11-02")),
        ("11-07", ("bold-culture", "call", "11-09")),
        ("11-30", ("bold-culture", "call", "11-30")),
    ],
)
def test_boldness_may_call_the_field_at_once(today: str, expected: tuple[str, str, str]) -> None:
    assert row(verdict_on(today, BOLD)) == expected


@pytest.mark.parametrize("role", ["hr", "recruiter", "front_desk"])
def test_boldness_is_not_for_hr(role: Any) -> None:
    early = verdict_on("11-02", Policy(stance="calls_welcome", culture="bold", contact_role=role))
    assert [rule.id for rule in early.because] == ["too-early", "bold-but-hr"]
    late = verdict_on("11-09", Policy(stance="calls_welcome", culture="bold", contact_role=role))
    assert [rule.id for rule in late.because] == ["policy-call", "bold-but-hr"]


def test_an_unknown_recipient_counts_as_hr() -> None:
    assert verdict_on("11-02", culture="bold").rule == "too-early"
    assert verdict_on("11-02", culture="bold", recipient="owner").rule == "bold-culture"


@pytest.mark.parametrize("stance", ["email_once", "no_follow_up_before_promise"])
def test_a_stance_against_calls_is_stronger_than_a_bold_culture(stance: Any) -> None:
    policy = Policy(stance=stance, culture="bold", contact_role="owner")
    assert verdict_on("11-02", policy).rule == "too-early"
    assert verdict_on("11-09", policy).action == "email"


def test_a_published_culture_is_known_better_than_a_guessed_one() -> None:
    calm = Policy(stance="calls_welcome", contact_role="owner")
    assert verdict_on("11-02", calm, culture="bold").rule == "too-early"


# Applied on Sunday, 1 November 2026; seven days later is a Sunday.
@pytest.mark.parametrize(
    ("stance", "today", "expected"),
    [
        ("email_once", "11-01", ("too-early", "wait", "11-08")),
        ("email_once", "11-07", ("too-early", "wait", "11-08")),
        ("email_once", "11-08", ("policy-email", "email", "11-08")),
        ("call_once", "11-07", ("too-early", "wait", "11-09")),
        ("call_once", "11-08", ("policy-call", "call", "11-09")),
        ("call_once", "11-09", ("policy-call", "call", "11-09")),
        ("calls_welcome", "11-09", ("policy-call", "call", "11-09")),
        ("no_follow_up_before_promise", "11-07", ("too-early", "wait", "11-08")),
        ("no_follow_up_before_promise", "11-08", ("no-date-given", "email", "11-08")),
    ],
)
def test_after_the_wait_the_employers_stance_decides(
    stance: Any, today: str, expected: tuple[str, str, str]
) -> None:
    assert row(verdict_on(today, Policy(stance=stance))) == expected


@pytest.mark.parametrize(
    ("wait", "today", "rule"),
    [
        (0, "11-01", "policy-email"),
        (14, "11-14", "too-early"),
        (14, "11-15", "policy-email"),
        (365, "2027-10-31", "too-early"),
        (365, "2027-11-01", "policy-email"),
    ],
)
def test_the_wait_is_the_employers(wait: int, today: str, rule: str) -> None:
    assert verdict_on(today, Policy(wait_days=wait)).rule == rule


@pytest.mark.parametrize(
    ("hours", "country", "today", "first"),
    [
        ("Mon-Fri 9-17", "", "11-20", "11-20"),
        ("Mon-Fri 9-17", "", "11-21", "11-23"),
        ("Wed 9-12", "", "11-20", "11-25"),
        ("Sat 9-12", "", "11-20", "11-21"),
        ("Mon-Fri 9-17", "DE", "12-25", "12-28"),
        ("Fri 9-17", "DE", "12-25", "2027-01-08"),
        ("Mon-Fri 9-17", "US", "11-26", "11-27"),
    ],
)
def test_a_call_waits_for_the_phone_hours_and_for_holidays(
    hours: str, country: str, today: str, first: str
) -> None:
    policy = Policy(stance="call_once", phone_hours=parse_hours(hours))
    verdict = verdict_on(today, policy, country=country)
    assert verdict.not_before == day(first)


def test_a_kept_promise_without_a_new_date_leaves_one_mail() -> None:
    waits = Policy(stance="no_follow_up_before_promise")
    kept = (promised("11-01", "11-12", "11-11"),)
    assert verdict_on("11-20", waits, promises=kept).rule == "no-date-given"


@pytest.mark.parametrize(
    ("rules", "today", "expected", "instead"),
    [
        (B, "11-07", ("too-early", "wait", "11-08"), ()),
        (B, "11-08", ("unknown-employer", "email", "11-08"), ("call",)),
        (B, "12-24", ("unknown-employer", "email", "12-24"), ("call",)),
        (A, "11-07", ("too-early", "wait", "11-09"), ()),
        (A, "11-08", ("unknown-employer-call", "call", "11-09"), ("email",)),
        (A, "11-09", ("unknown-employer-call", "call", "11-09"), ("email",)),
    ],
)
def test_of_an_unknown_employer_each_school_names_the_other(
    rules: Rulebook, today: str, expected: tuple[str, str, str], instead: tuple[str, ...]
) -> None:
    verdict = verdict_on(today, rules=rules)
    assert row(verdict) == expected
    assert verdict.alternatives == instead


def test_the_facts_know_better_who_is_asked() -> None:
    policy = Policy(stance="call_once", contact_role="recruiter", contact_name="Rosa")
    known = verdict_on("11-20", policy).to
    other = verdict_on("11-20", policy, recipient="hiring_manager").to
    assert known is not None
    assert other is not None
    assert (known.role, known.name) == ("recruiter", "Rosa")
    assert (other.role, other.name) == ("hiring_manager", "")

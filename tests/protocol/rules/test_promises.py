from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.facts import Incident
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import Policy, WalkIn
from sincerely.protocol.rulebooks import A
from tests.protocol.days import asked, day, promised, row, verdict_on

WAITS = Policy(stance="no_follow_up_before_promise")
EMAIL = Policy(stance="email_once")
CALLS = Policy(stance="call_once")


# Promised for Friday, 4 December 2026: the business day of grace is Monday the 7th.
@pytest.mark.parametrize("policy", [None, WAITS])
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-02", ("promise-running", "wait", "12-07")),
        ("12-04", ("promise-running", "wait", "12-07")),
        ("12-06", ("promise-running", "wait", "12-07")),
        ("12-07", ("promise-broken", "email", "12-07")),
        ("2027-03-01", ("promise-broken", "email", "03-01")),
    ],
)
def test_a_date_deserves_trust_until_the_business_day_after_it(
    policy: Policy | None, today: str, expected: tuple[str, str, str]
) -> None:
    verdict = verdict_on(today, policy, promises=(promised("11-01", "12-04"),))
    assert row(verdict) == expected


# Christmas falls on a Friday in 2026; Bavaria works again on Monday, Britain on Tuesday.
@pytest.mark.parametrize(
    ("country", "subdivision", "opens"),
    [("", "", "12-25"), ("DE", "BY", "12-28"), ("GB", "", "12-29"), ("IL", "", "12-27")],
)
def test_the_day_of_grace_knows_the_holidays_and_the_weekend_of_the_place(
    country: str, subdivision: str, opens: str
) -> None:
    due = promised("11-01", "12-24")
    verdict = verdict_on("12-24", country=country, subdivision=subdivision, promises=(due,))
    assert row(verdict) == ("promise-running", "wait", opens)


def test_a_leap_day_is_a_day() -> None:
    verdict = verdict_on(
        "2028-02-28", applied_on=day("2028-02-01"), promises=(promised("2028-02-01", "2028-02-28"),)
    )
    assert verdict.not_before == day("2028-02-29")


def test_a_follow_up_before_the_date_says_that_an_answer_comes_anyway() -> None:
    verdict = verdict_on("11-09", EMAIL, promises=(promised("11-01", "12-04"),))
    assert [rule.id for rule in verdict.because] == ["policy-email", "hear-anyway"]
    assert verdict.hear_by == day("12-04")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-12", ("once", "wait", "12-07")),
        ("12-06", ("once", "wait", "12-07")),
        ("12-07", ("promise-broken", "email", "12-07")),
    ],
)
@pytest.mark.parametrize("channel", ["email", "call", "voicemail", "visit"])
def test_every_channel_uses_the_follow_up_up_until_the_promise_breaks(
    channel: str, today: str, expected: tuple[str, str, str]
) -> None:
    used = {
        "contacts": (asked("11-10", channel=channel),),
        "promises": (promised("11-01", "12-04"),),
    }
    assert row(verdict_on(today, EMAIL, **used)) == expected


def test_the_follow_up_given_back_is_one_again() -> None:
    used = {
        "contacts": (asked("11-10"), asked("12-07")),
        "promises": (promised("11-01", "12-04"),),
    }
    assert row(verdict_on("12-20", EMAIL, **used)) == ("once", "wait", "")


@pytest.mark.parametrize(
    "contact",
    [
        asked("11-10", about="arrival"),
        asked("11-10", about="thanks"),
        asked("10-31"),
    ],
)
def test_thanks_a_confirmation_and_a_contact_before_applying_use_nothing_up(contact: Any) -> None:
    assert verdict_on("11-20", EMAIL, contacts=(contact,)).rule == "policy-email"


@pytest.mark.parametrize(
    ("today", "promises", "rule"),
    [
        # Kept in time: nothing was given back, and nothing runs.
        ("12-10", (promised("11-01", "12-04", "12-04"),), "once"),
        # Kept late: something came, but the follow-up had been given back.
        ("12-10", (promised("11-01", "12-04", "12-08"),), "policy-email"),
        # A new date in time replaces the old one.
        ("12-10", (promised("11-01", "12-04"), promised("12-03", "12-18")), "once"),
        # A new date that came late: broken in between, so given back.
        ("12-10", (promised("11-01", "12-04"), promised("12-09", "12-18")), "policy-email"),
        # The new date is missed as well.
        ("12-21", (promised("11-01", "12-04"), promised("12-03", "12-18")), "promise-broken"),
    ],
)
def test_a_promise_counts_as_broken_only_when_nothing_came_in_time(
    today: str, promises: tuple[Any, ...], rule: str
) -> None:
    used = (asked("11-10"),)
    assert verdict_on(today, EMAIL, contacts=used, promises=promises).rule == rule


@pytest.mark.parametrize(
    ("policy", "action", "first"),
    [
        (EMAIL, "email", "12-12"),
        (WAITS, "email", "12-12"),
        (CALLS, "call", "12-14"),
        (Policy(stance="calls_welcome", phone_hours=parse_hours("Sat 10-12")), "call", "12-12"),
        (None, "email", "12-12"),
    ],
)
def test_a_broken_promise_opens_the_employers_own_channel(
    policy: Policy | None, action: str, first: str
) -> None:
    # 12 December 2026 is a Saturday.
    verdict = verdict_on("12-12", policy, promises=(promised("11-01", "12-04"),))
    assert row(verdict) == ("promise-broken", action, first)


def test_walk_in_hours_stay_open_when_a_promise_broke() -> None:
    diner = Policy(walk_in=WalkIn(place="12 Main Street", hours=parse_hours("Tue 14-16")))
    verdict = verdict_on("12-12", diner, promises=(promised("11-01", "12-04"),))
    assert verdict.alternatives == ("visit",)


def test_a_caller_who_follows_a_also_waits_for_a_date_that_was_given() -> None:
    verdict = verdict_on("11-20", rules=A, promises=(promised("11-01", "12-04"),))
    assert row(verdict) == ("promise-running", "wait", "12-07")


def test_an_incident_after_the_follow_up_gives_it_back() -> None:
    solved = Incident(failed_on=day("11-12"), solved_on=day("11-13"))
    assert verdict_on("11-20", EMAIL, contacts=(asked("11-11"),), incident=solved).rule == (
        "policy-email"
    )
    assert verdict_on("11-20", EMAIL, contacts=(asked("11-12"),), incident=solved).rule == "once"


# Interviewed on 2 January 2026; 45 days end on Monday, 16 February, Family Day; then 17 February.
@pytest.mark.parametrize(
    ("applied", "today", "rule"),
    [
        ("2026-01-01", "2026-02-16", "once"),
        ("2026-01-01", "2026-02-17", "ontario-45-days"),
        ("2025-12-31", "2026-02-17", "once"),
    ],
)
def test_ontario_law_gives_the_follow_up_back_to_the_interviewed_since_2026(
    applied: str, today: str, rule: str
) -> None:
    facts: dict[str, Any] = {
        "applied_on": day(applied),
        "interviewed_on": day("2026-01-02"),
        "country": "CA",
        "subdivision": "ON",
        "contacts": (asked("2026-01-20"),),
    }
    assert verdict_on(today, EMAIL, staff=25, **facts).rule == rule
    assert verdict_on(today, EMAIL, staff=24, **facts).rule == "once"

from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import (
    STANCES,
    Policy,
    PolicyError,
    WalkIn,
    in_force,
    policy_from_json,
)
from tests.protocol.days import day

FULL = Policy(
    stance="calls_welcome",
    wait_days=5,
    email="jobs@diner.example",
    phone="+1 555 0100",
    phone_hours=parse_hours("Mon-Fri 9-17; Sat 10-12"),
    contact_role="hiring_manager",
    contact_name="Hugo",
    walk_in=WalkIn(place="12 Main Street", hours=parse_hours("Tue 14-16"), until=day("2027-01-31")),
    promise_days={"new": 5, "interview": 10},
    culture="bold",
    time_zone="America/Toronto",
    since=day("11-01"),
    until=day("2027-11-01"),
)


def test_the_default_is_one_mail_after_a_week() -> None:
    policy = Policy()
    assert (policy.stance, policy.wait_days, policy.allows_calls) == ("email_once", 7, False)


@pytest.mark.parametrize("policy", [Policy(), FULL, *(Policy(stance=one) for one in STANCES)])
def test_a_published_policy_reads_back_whole(policy: Policy) -> None:
    assert policy_from_json(policy.to_json()) == policy


def test_promise_days_are_found_by_stage() -> None:
    assert FULL.promise_days_for("new", otherwise=3) == 5
    assert FULL.promise_days_for("offer", otherwise=3) == 3


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"stance": "shout"}, "stance"),
        ({"stance": ["email_once"]}, "stance"),
        ({"wait_days": -1}, "wait_days"),
        ({"wait_days": 366}, "wait_days"),
        ({"wait_days": True}, "wait_days"),
        ({"wait_days": "7"}, "wait_days"),
        ({"contact_role": "king"}, "contact_role"),
        ({"culture": None}, "culture"),
        ({"phone": 5550100}, "phone"),
        ({"phone_hours": "Mon 9-17"}, "phone_hours"),
        ({"phone_hours": ["Mon 9-17", "Tue 17-9"]}, "phone_hours[1]"),
        ({"walk_in": {"hours": ["Mon 9-17"]}}, "walk_in.place"),
        ({"walk_in": {"place": "here", "hours": []}}, "walk_in.hours"),
        ({"walk_in": {"place": "here", "hours": ["Mon 9-17"], "door": 1}}, "walk_in.door"),
        ({"walk_in": {"place": "here", "hours": ["Mon 9-17"], "until": "soon"}}, "walk_in.until"),
        ({"promise_days": [5]}, "promise_days"),
        ({"promise_days": {"new": 0}}, "promise_days.new"),
        ({"since": "2026-12-02", "until": "2026-12-01"}, "until"),
        ({"since": "2026-02-29"}, "since"),
        ({"wait": 7}, "wait"),
        ([], "policy"),
    ],
)
def test_a_policy_that_cannot_be_names_the_field(document: Any, path: str) -> None:
    with pytest.raises(PolicyError) as refused:
        policy_from_json(document)
    assert refused.value.path == path
    assert refused.value.problem


@pytest.mark.parametrize(
    ("today", "wait"), [("10-31", None), ("11-01", 3), ("11-30", 3), ("12-01", 5), ("12-24", 5)]
)
def test_the_newest_row_stands_and_of_two_on_one_day_the_later(
    today: str, wait: int | None
) -> None:
    rows = [
        Policy(since=day("12-01"), wait_days=4),
        Policy(since=day("11-01"), wait_days=3),
        Policy(since=day("12-01"), wait_days=5),
    ]
    standing = in_force(rows, day(today))
    assert (standing and standing.wait_days) == wait


def test_a_row_without_a_start_stands_from_the_beginning_and_an_ended_one_stands_no_more() -> None:
    rows = [Policy(wait_days=3), Policy(since=day("11-01"), until=day("11-30"), wait_days=4)]
    assert [
        row.wait_days for row in (in_force(rows, day(on)) for on in ("10-01", "11-30")) if row
    ] == [
        3,
        4,
    ]
    after = in_force(rows, day("12-01"))
    assert after is not None
    assert after.wait_days == 3

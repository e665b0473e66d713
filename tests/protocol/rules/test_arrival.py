from __future__ import annotations

from typing import Any

import pytest

from sincerely.protocol.facts import Vouch
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import Policy
from tests.protocol.days import asked, day, promised, row, verdict_on


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        ("11-01", "too-early"),
        ("11-02", "too-early"),
        ("11-03", "not-received"),
        ("11-30", "not-received"),
    ],
)
def test_an_expected_receipt_is_missed_when_a_full_day_has_surely_passed(
    today: str, rule: str
) -> None:
    assert verdict_on(today, receipt="awaited").rule == rule


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"receipt": "bounced"}, "not-received"),
        ({"own_mail_bounced": True}, "not-received"),
        ({"contacts": (asked("11-01", bounced=True),)}, "not-received"),
        ({"receipt": "arrived"}, "too-early"),
        ({"receipt": "none"}, "too-early"),
    ],
)
def test_a_bounce_asks_for_one_mail_from_elsewhere(facts: dict[str, Any], rule: str) -> None:
    assert verdict_on("11-01", **facts).rule == rule


def test_confirming_arrival_does_not_use_up_the_follow_up_and_is_done_once() -> None:
    email = Policy(stance="email_once")
    verdict = verdict_on("11-03", email, receipt="bounced")
    assert row(verdict) == ("not-received", "email", "11-03")
    assert not verdict.uses_follow_up
    confirmed = {"receipt": "bounced", "contacts": (asked("11-03", about="arrival"),)}
    assert verdict_on("11-04", email, **confirmed).rule == "too-early"
    assert verdict_on("11-08", email, **confirmed).rule == "policy-email"


def test_a_confirmation_that_bounced_as_well_is_tried_again() -> None:
    bounced = asked("11-03", about="arrival", bounced=True)
    assert verdict_on("11-04", receipt="bounced", contacts=(bounced,)).rule == "not-received"


def vouch(**more: Any) -> Vouch:
    said = {"person": "Hugo", "channel": "call", "given_on": day("11-05"), "certain": True}
    return Vouch(**{**said, **more})


# 5 November 2026 is a Thursday.
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("11-05", ("vouched", "call", "11-05")),
        ("11-06", ("vouched", "call", "11-06")),
        ("11-07", ("vouched", "call", "11-09")),
        ("11-11", ("vouched", "call", "11-11")),
        ("11-12", ("policy-email", "email", "11-12")),
    ],
)
def test_a_certain_vouch_opens_its_person_and_channel_until_it_expires(
    today: str, expected: tuple[str, str, str]
) -> None:
    email = Policy(stance="email_once")
    verdict = verdict_on(today, email, vouch=vouch(until=day("11-11")))
    assert row(verdict) == expected
    if verdict.rule == "vouched":
        assert verdict.until == day("11-11")
        assert verdict.to is not None
        assert verdict.to.name == "Hugo"


def test_a_vouch_that_ends_on_a_weekend_is_worth_more_than_the_calendar() -> None:
    verdict = verdict_on("11-07", vouch=vouch(until=day("11-08")))
    assert row(verdict) == ("vouched", "call", "11-08")


@pytest.mark.parametrize("weak", [{"certain": False}, {"person": "  "}])
def test_probably_is_no_vouch_and_nobody_is_no_person(weak: dict[str, Any]) -> None:
    assert verdict_on("11-06", vouch=vouch(**weak)).rule == "too-early"


def test_a_vouch_by_mail_may_be_used_on_a_sunday() -> None:
    assert row(verdict_on("11-08", vouch=vouch(channel="email")))[1:] == ("email", "11-08")


def test_an_invited_contact_is_made_once_and_counts_as_the_follow_up() -> None:
    used = asked("11-06", channel="call", about="invited")
    verdict = verdict_on("11-20", Policy(), vouch=vouch(), contacts=(used,))
    assert row(verdict) == ("once", "wait", "")


def test_a_vouch_given_after_the_follow_up_still_invites() -> None:
    email = Policy(stance="email_once")
    assert verdict_on("11-20", email, vouch=vouch(), contacts=(asked("11-04"),)).rule == "vouched"


@pytest.mark.parametrize(
    ("today", "rule"),
    [("11-05", "status-page"), ("11-16", "status-page"), ("11-17", "promise-broken")],
)
def test_the_status_page_answers_until_its_own_date_has_passed(today: str, rule: str) -> None:
    # Promised for Monday the 16th; Tuesday is the day of grace.
    verdict = verdict_on(
        today,
        Policy(stance="calls_welcome", phone_hours=parse_hours("Mon-Fri 9-17")),
        status_answers=True,
        promises=(promised("11-01", "11-16"),),
    )
    assert verdict.rule == rule

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sincerely.protocol.facts import Contact, Facts, Incident, Promise, Vouch
from sincerely.protocol.parse import FactsError, facts_from_json, query_from_json
from sincerely.protocol.policy import Policy
from sincerely.protocol.rulebooks import A, B, compile_policy
from tests.protocol.days import day

TODAY = day("12-03")


def test_all_facts_are_read() -> None:
    facts = facts_from_json(
        {
            "applied_on": "2026-11-01",
            "receipt": "arrived",
            "contacts": [{"on": "2026-11-10", "channel": "voicemail"}],
            "promises": [{"made_on": "2026-11-01", "due_on": "2026-12-10", "kept_on": None}],
            "incident": {"failed_on": "2026-11-01", "solved_on": "2026-11-02"},
            "vouch": {"person": "Hugo", "given_on": "2026-11-05", "certain": True},
            "country": "CA",
            "subdivision": "on",
        },
        TODAY,
    )
    assert facts == Facts(
        applied_on=day("11-01"),
        receipt="arrived",
        contacts=(Contact(on=day("11-10"), channel="voicemail"),),
        promises=(Promise(made_on=day("11-01"), due_on=day("12-10")),),
        incident=Incident(failed_on=day("11-01"), solved_on=day("11-02")),
        vouch=Vouch(person="Hugo", given_on=day("11-05"), certain=True),
        country="CA",
        subdivision="on",
    )


def test_nothing_is_a_fact_that_must_be_told() -> None:
    assert facts_from_json({}, TODAY) == Facts()


def test_a_query_carries_its_rulebook_and_its_day() -> None:
    assert query_from_json({}, TODAY).rulebook is B
    assert query_from_json({"rules": "A", "policy": None}, TODAY).rulebook is A
    query = query_from_json({"today": "2026-12-24", "policy": {"wait_days": 3}}, TODAY)
    assert query.today == day("12-24")
    assert query.rulebook is compile_policy(Policy(wait_days=3))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-03", "12-03"),
        ("2026-12-03T23:30:00-11:00", "12-03"),
        ("2026-12-04T01:00:00+14:00", "12-04"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_moment_counts_as_the_day_that_is_written_in_it(written: str, read: str) -> None:
    assert facts_from_json({"applied_on": written}, TODAY).applied_on == day(read)


@pytest.mark.parametrize(
    ("document", "path", "problem"),
    [
        ([], "facts", "object"),
        ("{}", "facts", "object"),
        ({"applied": "2026-12-01"}, "applied", "did you mean applied_on?"),
        ({"applied_on": 20261201}, "applied_on", "a day like"),
        ({"applied_on": "2026-02-29"}, "applied_on", "a day like"),
        ({"applied_on": "2026-12-05"}, "applied_on", "in the future"),
        ({"applied_on": "2026-12-01", "told_on": "2026-11-01"}, "told_on", "lies before"),
        ({"receipt": "maybe"}, "receipt", "one of"),
        ({"own_mail_bounced": "yes"}, "own_mail_bounced", "true or false"),
        ({"contacts": {}}, "contacts", "a list"),
        ({"contacts": [{}]}, "contacts[0].on", "is missing"),
        ({"contacts": [{"on": "2026-12-01"}, {"on": "2027-01-01"}]}, "contacts[1].on", "future"),
        (
            {"contacts": [{"on": "2026-12-01", "channel": "fax"}]},
            "contacts[0].channel",
            "one of email, call",
        ),
        ({"contacts": [{"on": "2026-12-01"}] * 1001}, "contacts", "at most 1000"),
        ({"promises": [{"made_on": "2026-12-01"}]}, "promises[0].due_on", "missing"),
        (
            {"promises": [{"made_on": "2026-12-01", "due_on": "2026-11-01"}]},
            "promises[0].due_on",
            "before the day it was made",
        ),
        (
            {
                "promises": [
                    {"made_on": "2026-11-01", "due_on": "2026-12-09", "kept_on": "2026-10-01"}
                ]
            },
            "promises[0].kept_on",
            "lies before",
        ),
        ({"incident": {}}, "incident.failed_on", "missing"),
        (
            {"incident": {"failed_on": "2026-12-01", "solved_on": "2026-11-01"}},
            "incident.solved_on",
            "before",
        ),
        (
            {"vouch": {"person": "Hugo", "given_on": "2026-12-01", "channel": "visit"}},
            "vouch.channel",
            "one of",
        ),
        (
            {"vouch": {"person": "Hugo", "given_on": "2026-12-01", "until": "2026-11-01"}},
            "vouch.until",
            "before",
        ),
        ({"country": "Canada"}, "country", "country code"),
        ({"subdivision": "ON"}, "subdivision", "part of this country"),
        ({"staff": -1}, "staff", "whole number"),
        ({"staff": True}, "staff", "whole number"),
        ({"job": "x" * 301}, "job", "at most 300"),
        ({"rules": "C"}, "rules", "one of A, B"),
        ({"today": "tomorrow"}, "today", "a day like"),
        ({"policy": []}, "policy", "object"),
        ({"policy": {"stance": "shout"}}, "policy.stance", "one of"),
        ({"policy": {"since": "2026-12-02", "until": "2026-12-01"}}, "policy.until", "end before"),
    ],
)
def test_a_mistake_is_named_with_its_field(document: Any, path: str, problem: str) -> None:
    with pytest.raises(FactsError) as refused:
        query_from_json(document, TODAY)
    assert refused.value.path == path
    assert problem in refused.value.problem


def test_tomorrow_is_today_somewhere() -> None:
    assert facts_from_json({"applied_on": "2026-12-04"}, TODAY).applied_on == day("12-04")


def test_a_due_date_may_lie_ahead_and_a_contact_before_the_application() -> None:
    facts = facts_from_json(
        {
            "applied_on": "2026-12-01",
            "contacts": [{"on": "2026-11-01"}],
            "promises": [{"made_on": "2026-12-01", "due_on": "2027-12-01"}],
        },
        TODAY,
    )
    assert facts.promises[0].due_on == date(2027, 12, 1)

"""Drawn facts, policies and rulebooks for the properties.

Drawing every field by itself takes minutes: pools of whole records, made once from a fixed seed,
let 2,000 examples of each property run in seconds. The plainest facts come first in their pool, so
that a failure shrinks towards them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sincerely.protocol.facts import (
    ABOUT,
    CONTACT_CHANNELS,
    RECEIPT_STATES,
    VOUCH_CHANNELS,
    Contact,
    Facts,
    Incident,
    Promise,
    Vouch,
)
from sincerely.protocol.hours import Hours
from sincerely.protocol.policy import CULTURES, ROLES, STANCES, Policy, WalkIn
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.rulebooks import A, B, compile_policy

START = date(2026, 10, 1)
NEAR = [START + timedelta(days=ahead) for ahead in range(90)]
EDGES = [
    START,
    date.min,
    date.max,
    date.max - timedelta(days=1),
    date(2024, 2, 29),
    date(2026, 1, 1),
    date(2025, 12, 31),
    date(1949, 12, 31),
    date(2100, 1, 1),
    date(9999, 12, 1),
]
PLACES = [("", ""), ("CA", "ON"), ("DE", "BY"), ("IL", ""), ("US", ""), ("XX", "?")]
NAMES = ["", "Jo", "Jo Müller", "Nurse", "St. Brigid Hospital"]

Made = TypeVar("Made")
Days = Callable[[], date]


class Maker:
    """Makes records with days from one list, by a dice of its own."""

    def __init__(self, days: Sequence[date]) -> None:
        self.dice = Random(20261203)
        self.days = days

    def day(self) -> date:
        return self.dice.choice(self.days)

    def sometimes(self, make: Callable[[], Made], chance: float = 0.5) -> Made | None:
        return make() if self.dice.random() < chance else None

    def one(self, choices: Sequence[Made]) -> Made:
        return self.dice.choice(choices)

    def chance(self, chance: float = 0.5) -> bool:
        return self.dice.random() < chance

    def contact(self) -> Contact:
        return Contact(
            on=self.day(),
            channel=self.one(CONTACT_CHANNELS),
            about=self.one([*ABOUT, "follow_up", "follow_up"]),
            bounced=self.chance(0.15),
        )

    def promise(self) -> Promise:
        return Promise(made_on=self.day(), due_on=self.day(), kept_on=self.sometimes(self.day))

    def incident(self) -> Incident:
        return Incident(
            failed_on=self.day(),
            support_exists=self.chance(0.7),
            support_asked_on=self.sometimes(self.day, 0.7),
            reply_by=self.sometimes(self.day),
            replied_on=self.sometimes(self.day, 0.2),
            solved_on=self.sometimes(self.day, 0.4),
            steps_followed=self.chance(0.7),
            code=self.one(NAMES),
        )

    def vouch(self) -> Vouch:
        return Vouch(
            person=self.one(NAMES),
            channel=self.one(VOUCH_CHANNELS),
            given_on=self.day(),
            until=self.sometimes(self.day),
            certain=self.chance(0.8),
            role=self.one(ROLES),
        )

    def hours(self) -> Hours:
        weekdays = self.dice.sample(range(7), self.dice.randint(1, 7))
        return Hours(tuple(weekdays), time(9), time(17))

    def walk_in(self) -> WalkIn:
        return WalkIn(place="12 Main Street", hours=(self.hours(),), until=self.sometimes(self.day))

    def policy(self) -> Policy:
        return Policy(
            stance=self.one(STANCES),
            wait_days=self.one([0, 1, 7, 14, 30]),
            phone_hours=(self.hours(),) if self.chance() else (),
            contact_role=self.one(ROLES),
            walk_in=self.sometimes(self.walk_in, 0.3),
            culture=self.one(CULTURES),
        )

    def facts(self) -> Facts:
        """Without contacts and promises; the rarer a thing in life, the rarer here."""
        country, subdivision = self.one(PLACES)
        names: dict[str, Any] = {name: self.one(NAMES) for name in ("applicant", "job", "employer")}
        return Facts(
            applied_on=self.sometimes(self.day, 0.9),
            told_on=self.sometimes(self.day, 0.04),
            withdrawn_on=self.sometimes(self.day, 0.04),
            interviewed_on=self.sometimes(self.day, 0.3),
            receipt=self.one([*RECEIPT_STATES, *["arrived", "none"] * 5]),
            own_mail_bounced=self.chance(0.05),
            status_answers=self.chance(0.1),
            incident=self.sometimes(self.incident, 0.2),
            vouch=self.sometimes(self.vouch, 0.15),
            recipient=self.sometimes(lambda: self.one(ROLES), 0.3),
            culture=self.one(CULTURES),
            country=country,
            subdivision=subdivision,
            staff=self.one([0, 24, 25]),
            **names,
        )


def _plainness(facts: Facts) -> tuple[int, int]:
    told = (getattr(facts, field) for field in Facts.__dataclass_fields__)
    return sum(map(bool, told)), len(facts.contacts) + len(facts.promises)


def all_facts(days: Sequence[date], contacts: int = 0) -> SearchStrategy[Facts]:
    """Facts with days from a list, with at least so many contacts and at most four."""
    maker = Maker(days)
    pool = [
        replace(
            maker.facts(),
            contacts=tuple(maker.contact() for _ in range(maker.dice.randint(contacts, 4))),
            promises=tuple(maker.promise() for _ in range(maker.dice.choice([0, 1, 1, 2, 3]))),
        )
        for _ in range(4_000)
    ]
    return st.sampled_from(sorted(pool, key=_plainness))


def rulebooks(days: Sequence[date]) -> SearchStrategy[Rulebook]:
    maker = Maker(days)
    policies = [compile_policy(maker.policy()) for _ in range(1000)]
    return st.sampled_from([B, A, *[A, B] * 100, *policies])


near: SearchStrategy[date] = st.sampled_from(NEAR)
near_facts = all_facts(NEAR)
near_rulebooks = rulebooks(NEAR)
EVER = [*EDGES, *Random(1).choices([date.fromordinal(n) for n in range(1, 3652059, 997)], k=300)]
any_day: SearchStrategy[date] = st.sampled_from(EVER) | st.dates()
any_facts = all_facts(EVER)
any_rulebooks = rulebooks(EVER)

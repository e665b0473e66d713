"""Facts as they come up in a week with many applications, for measuring: every rule decides some.

The shares are a guess at a host of many employers, where most people look while all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any

from sincerely.protocol.decide import decide
from sincerely.protocol.facts import Contact, Facts, Incident, Promise, Vouch
from sincerely.protocol.hours import Hours
from sincerely.protocol.policy import Policy, WalkIn
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.rulebooks import ALL_RULES, A, B, compile_policy

__all__ = ["DECIDING", "TODAY", "Case", "decide", "mix"]

TODAY = date(2026, 12, 3)
DECIDING = tuple(dict.fromkeys(rule.id for rule in ALL_RULES if rule.kind == "decides"))
"""The id of every rule that can decide, in the order in which they are asked."""
_OFFICE = (Hours((0, 1, 2, 3, 4), time(9), time(17)),)
_PLACES = (("US", ""), ("US", ""), ("GB", ""), ("DE", "BY"), ("CA", "ON"), ("IE", ""), ("", ""))

EMAIL = compile_policy(Policy(stance="email_once", wait_days=7))
CALL = compile_policy(Policy(stance="call_once", wait_days=7, phone_hours=_OFFICE))
WAITS = compile_policy(Policy(stance="no_follow_up_before_promise"))
WALK_IN = compile_policy(Policy(walk_in=WalkIn(place="12 Harbour Street", hours=_OFFICE)))
BOLD = compile_policy(
    Policy(stance="calls_welcome", culture="bold", contact_role="hiring_manager", wait_days=3)
)


@dataclass(frozen=True, slots=True)
class Case:
    """What one `decide` is given; `rule` is the one that should decide."""

    rule: str
    facts: Facts
    rulebook: Rulebook


class Dice:
    """Days and promises around `TODAY`."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def ago(self, least: int, most: int) -> date:
        return TODAY - timedelta(days=self.random.randint(least, most))

    def running(self) -> tuple[Promise, ...]:
        return (Promise(made_on=self.ago(1, 9), due_on=self.ago(-12, -2)),)

    def broken(self) -> tuple[Promise, ...]:
        return (Promise(made_on=self.ago(20, 30), due_on=self.ago(6, 15)),)

    def sent(self, least: int = 8, most: int = 40, **more: Any) -> dict[str, Any]:
        return {"applied_on": self.ago(least, most), "receipt": "arrived", **more}

    def failed(self, **more: Any) -> dict[str, Any]:
        return {"incident": Incident(failed_on=self.ago(5, 9), **more)}


Make = Callable[[Dice], dict[str, Any]]
_MIX: tuple[tuple[int, str, tuple[Rulebook, ...], Make], ...] = (
    (300, "status-page", (EMAIL, CALL, WAITS, BOLD), lambda dice: dice.sent(
        status_answers=True, promises=dice.running())),
    (120, "too-early", (EMAIL, CALL, B), lambda dice: dice.sent(0, 5)),
    (80, "promise-running", (WAITS, B), lambda dice: dice.sent(promises=dice.running())),
    (80, "told", (EMAIL, CALL, B), lambda dice: dice.sent(20, told_on=dice.ago(0, 9))),
    (80, "unknown-employer", (B,), lambda dice: dice.sent(promises=())),
    (60, "policy-email", (EMAIL,), lambda dice: dice.sent(promises=dice.running())),
    (60, "promise-broken", (EMAIL, CALL, B), lambda dice: dice.sent(31, promises=dice.broken())),
    (50, "once", (EMAIL, CALL, B), lambda dice: dice.sent(
        20, contacts=(Contact(on=dice.ago(1, 9)),), promises=dice.running())),
    (40, "policy-call", (CALL,), lambda dice: dice.sent(promises=dice.running())),
    (25, "walk-in", (WALK_IN,), lambda dice: dice.sent()),
    (20, "not-received", (EMAIL, B), lambda dice: dice.sent(3, receipt="bounced")),
    (20, "bold-culture", (BOLD,), lambda dice: dice.sent(0)),
    (15, "withdrawn", (EMAIL, B), lambda dice: dice.sent(20, withdrawn_on=dice.ago(0, 9))),
    (15, "not-applied", (EMAIL, B), lambda dice: {}),
    (10, "vouched", (EMAIL, B), lambda dice: dice.sent(vouch=Vouch(
        person="Ada Quinn", channel="call", given_on=dice.ago(1, 5), until=dice.ago(-9, -5),
        certain=True))),
    (10, "incident-support", (EMAIL, B), lambda dice: dice.failed()),
    (10, "incident-wait", (EMAIL, B), lambda dice: dice.failed(
        support_asked_on=dice.ago(0, 1), reply_by=dice.ago(-3, -1))),
    (10, "incident-steps", (EMAIL, B), lambda dice: dice.failed(support_asked_on=dice.ago(5, 5))),
    (10, "incident-escalate", (EMAIL, B), lambda dice: dice.failed(
        support_exists=False, steps_followed=True)),
    (10, "no-date-given", (WAITS,), lambda dice: dice.sent()),
    (10, "unknown-employer-call", (A,), lambda dice: dice.sent()),
    (5, "ontario-45-days", (EMAIL, B), lambda dice: dice.sent(
        80, 99, interviewed_on=dice.ago(60, 79), country="CA", subdivision="ON", staff=60)),
)  # fmt: skip


def mix(count: int, seed: int = 1) -> Iterator[Case]:
    """So many cases in the shares of a week, shuffled; the same ones for the same seed."""
    random = Random(seed)  # noqa: S311 - no secret
    dice, weights = Dice(random), [share for share, *_ in _MIX]
    for _share, rule, rulebooks, make in random.choices(_MIX, weights, k=count):
        country, subdivision = random.choice(_PLACES)
        fields = {"country": country, "subdivision": subdivision, **make(dice)}
        yield Case(rule, Facts(**fields), random.choice(rulebooks))

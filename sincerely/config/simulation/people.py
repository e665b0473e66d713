"""Who applies: each with a name, an address, a phone, and inclinations that never change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from sincerely.config.seeding.names import any_name
from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.chance import draw
from sincerely.config.simulation.mail import DEAD
from sincerely.kernel.folding import fold

WEEKS = (
    (rates.WAIT_UNDER_A_WEEK, 3, 7),
    (rates.WAIT_TO_TWO_WEEKS, 7, 14),
    (rates.WAIT_TO_THREE_WEEKS, 14, 21),
)


@dataclass(slots=True)
class Applicant:
    """`wants` … `pushes` lie between 0 and 1: somebody does so at a level of the assumptions where
    the rate is above it. So whoever interrupts at one level does so at every higher one."""

    key: tuple[object, ...]
    name: str
    email: str
    phone: str
    wants: float
    content: float
    calls: float
    asks: float
    pushes: float
    wait_days: float
    by_email: bool
    in_person: bool
    saw_a_miss: bool = field(default=False)
    reply_to: str = field(default="")

    def chance(self, *what: object) -> Random:
        return draw(*self.key, *what)

    @property
    def wait(self) -> dt.timedelta:
        return dt.timedelta(days=self.wait_days)

    def turns_to_us(self, level: str) -> bool:
        """Whether the status page leaves them with something to ask."""
        answered = self.content < rates.PAGE_ANSWERS.at(level) and not self.saw_a_miss
        return self.wants < rates.WANTS_TO_KNOW.at(level) and not answered

    def calls_anyway(self, level: str) -> bool:
        return self.calls < rates.CALLS_ANYWAY.at(level)

    def has_a_question(self, level: str) -> bool:
        return self.asks < rates.HAS_A_QUESTION.at(level)

    def is_pushy(self, level: str) -> bool:
        return self.pushes < rates.PUSHY.at(level)


def applicant(*key: object) -> Applicant:
    """The person whom this key (seed, employer, number) always names."""
    chance = draw(*key, "person")
    name = any_name(chance)
    dead = chance.random() < rates.DEAD_ADDRESS.value
    host = DEAD if dead else "example.org"
    local = ".".join(fold(name).split()) + "".join(f".{part}" for part in key[1:])
    without = chance.random() < rates.WITHOUT_ADDRESS.value
    return Applicant(
        key=key,
        name=name,
        email="" if without else f"{local}@{host}",
        phone=f"+1212{chance.randrange(2_000_000, 9_999_999)}",
        wants=chance.random(),
        content=chance.random(),
        calls=chance.random(),
        asks=chance.random(),
        pushes=chance.random(),
        wait_days=_wait(chance),
        by_email=chance.random() < rates.BY_EMAIL.value,
        in_person=chance.random()
        < rates.IN_PERSON.value / (rates.IN_PERSON.value + rates.BY_PHONE.value),
    )


def _wait(chance: Random) -> float:
    share = chance.random()
    for rate, first, last in WEEKS:
        if share < rate.value:
            return chance.uniform(first, last)
        share -= rate.value
    return chance.uniform(21, 35)

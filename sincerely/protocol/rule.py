"""A rule, with its reason and its source, and a rulebook: rules in order, ready to decide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from sincerely.protocol.hours import open_weekdays
from sincerely.protocol.policy import Policy, Role
from sincerely.protocol.verdict import Action, Recipient

if TYPE_CHECKING:
    from sincerely.protocol.situation import Situation

Kind = Literal["decides", "notes", "never"]
Need = Literal["incident", "vouch", "promises", "contacts"]
WAIT_DAYS = 7
"""Calendar days after which one may ask an employer who published nothing."""
NEEDS: tuple[Need, ...] = get_args(Need)
"""Facts without which some rules cannot match; the order gives each its bit."""


class Advice(NamedTuple):
    """What a deciding rule says; the rest of a verdict is the same for all rules."""

    action: Action
    to: Recipient | None = None
    not_before: date | None = None
    until: date | None = None
    alternatives: tuple[Action, ...] = ()
    uses_follow_up: bool = False


def always(situation: Situation) -> bool:
    """The condition of a rule that holds whatever the facts."""
    return True


def no_advice(situation: Situation) -> Advice:
    """What rules say that only note or forbid."""
    return Advice("no_contact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table.

    It judges applications sent on ``since`` or later, until a newer row of the same id does. The
    first row of an id also judges older applications, unless it does not reach back (a law).
    ``because`` is one sentence for people, ``source`` says where it comes from. A rule is asked
    only where the facts that it ``needs`` are there, a note only ``beside`` the deciding rules of
    these ids.
    """

    id: str
    since: date
    because: str
    source: str
    kind: Kind = "decides"
    when: Callable[[Situation], bool] = field(default=always, repr=False)
    advise: Callable[[Situation], Advice] = field(default=no_advice, repr=False)
    needs: Need | None = None
    beside: frozenset[str] = frozenset()
    reaches_back: bool = True

    def to_json(self) -> dict[str, str]:
        """Id, sentence, source and day, for people and programs."""
        return {
            "rule": self.id,
            "because": self.because,
            "source": self.source,
            "since": self.since.isoformat(),
        }


class Row(NamedTuple):
    """A deciding rule ready to be asked, with the notes that may stand beside it."""

    when: Callable[[Situation], bool]
    advise: Callable[[Situation], Advice]
    because: tuple[Rule, ...]
    notes: tuple[Rule, ...]


class Table(NamedTuple):
    """The rows that judge applications of one span of time.

    ``rows`` holds one tuple of rows for each set of facts that is there, found by the bits of
    ``NEEDS``: a rule whose facts are missing is never even asked.
    """

    rows: tuple[tuple[Row, ...], ...]
    never: tuple[Rule, ...]
    never_but_call: tuple[Rule, ...]
    ids: frozenset[str]


class Rulebook:
    """Rules in order, with what is known of the employer; compiled once, never changed.

    ``policy`` is ``None`` where the employer published nothing. ``channel`` is the way in which a
    follow-up goes there, ``alternatives`` are ways that are as fine. Two rulebooks with the same
    rows and policy are equal.
    """

    __slots__ = (
        "alternatives",
        "channel",
        "contact",
        "epochs",
        "name",
        "phone_weekdays",
        "policy",
        "rows",
        "tables",
        "wait_days",
    )

    def __init__(
        self,
        name: str,
        rows: Iterable[Rule],
        policy: Policy | None = None,
        channel: Action = "email",
        alternatives: tuple[Action, ...] = (),
    ) -> None:
        self.name = name
        self.rows = tuple(rows)
        self.policy = policy
        self.channel = channel
        self.alternatives = alternatives
        self.wait_days = policy.wait_days if policy else WAIT_DAYS
        role: Role = policy.contact_role if policy else "recruiter"
        self.contact = Recipient(role, policy.contact_name if policy else "")
        self.phone_weekdays = open_weekdays(policy.phone_hours) if policy else frozenset()
        self.epochs = tuple(sorted({row.since for row in self.rows}))
        self.tables = tuple(_table(self.rows, day) for day in (date.min, *self.epochs))

    def table_on(self, day: date) -> Table:
        """The rows that judge an application sent on this day."""
        return self.tables[bisect_right(self.epochs, day)]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rulebook):
            return NotImplemented
        mine = (self.name, self.rows, self.policy, self.channel, self.alternatives)
        return mine == (other.name, other.rows, other.policy, other.channel, other.alternatives)

    def __hash__(self) -> int:
        return hash((self.name, self.rows, self.policy))


def _table(rows: tuple[Rule, ...], day: date) -> Table:
    standing: dict[str, Rule] = {}
    for row in sorted(rows, key=lambda row: row.since):
        if row.since <= day or (row.reaches_back and row.id not in standing):
            standing[row.id] = row
    places = {row.id: place for place, row in reversed(list(enumerate(rows)))}
    ordered = sorted(standing.values(), key=lambda row: places[row.id])
    never = tuple(row for row in ordered if row.kind == "never")
    return Table(
        rows=tuple(_ready(ordered, bits) for bits in range(2 ** len(NEEDS))),
        never=never,
        never_but_call=tuple(row for row in never if row.id != "never-call"),
        ids=frozenset(standing),
    )


def _ready(rules: list[Rule], bits: int) -> tuple[Row, ...]:
    asked = [rule for rule in rules if not rule.needs or bits >> NEEDS.index(rule.needs) & 1]
    notes = [rule for rule in asked if rule.kind == "notes"]
    return tuple(
        Row(rule.when, rule.advise, (rule,), tuple(n for n in notes if rule.id in n.beside))
        for rule in asked
        if rule.kind == "decides"
    )

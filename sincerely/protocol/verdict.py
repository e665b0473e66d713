"""What the protocol advises: one action, its day, its reasons, and what to avoid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

from sincerely.protocol.policy import Role

if TYPE_CHECKING:
    from sincerely.protocol.rule import Rule

Action = Literal[
    "no_contact",
    "wait",
    "read_status",
    "apply",
    "follow_steps",
    "ask_support",
    "email",
    "call",
    "visit",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
CONTACTS: frozenset[Action] = frozenset({"email", "call", "visit"})
"""Actions that reach a person at the employer."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom to turn to: a role and, where known, a name."""

    role: Role
    name: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One piece of advice.

    ``not_before`` is the first day on which the action, or after a wait the next step, is fine;
    ``until`` the last day of a permission that expires. ``hear_by`` is the day by which the
    applicant was told to hear anyway. ``because`` names every rule that shaped the verdict, the
    deciding one first. ``alternatives`` are actions that would be as fine. ``uses_follow_up``
    tells whether acting on it uses up the one follow-up.
    """

    action: Action
    to: Recipient | None
    not_before: date | None
    until: date | None
    hear_by: date | None
    because: tuple[Rule, ...]
    avoid: tuple[Rule, ...]
    alternatives: tuple[Action, ...]
    uses_follow_up: bool

    @property
    def channel(self) -> str:
        """``"email"``, ``"call"`` or ``"visit"``; empty where nobody at the employer is asked."""
        return self.action if self.action in CONTACTS else ""

    @property
    def rule(self) -> str:
        """The id of the deciding rule."""
        return self.because[0].id

    @property
    def permits_contact(self) -> bool:
        """Whether a person at the employer may be contacted."""
        return self.action in CONTACTS

    def to_json(self) -> dict[str, Any]:
        """The form of ``schemas/verdict.json``, without the draft and the explanation."""
        return {
            "action": self.action,
            "channel": self.channel or None,
            "to": self.to and {"role": self.to.role, "name": self.to.name or None},
            "not_before": self.not_before and self.not_before.isoformat(),
            "until": self.until and self.until.isoformat(),
            "hear_by": self.hear_by and self.hear_by.isoformat(),
            "because": [rule.to_json() for rule in self.because],
            "avoid": [rule.to_json() for rule in self.avoid],
            "alternatives": list(self.alternatives),
            "uses_follow_up": self.uses_follow_up,
        }

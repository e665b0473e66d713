"""What was made of one mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sincerely.outbox.token import Token


@dataclass(frozen=True, slots=True)
class Sorted:
    """Its kind, and either an `outcome` or the `reason` why a person must look at it. The ids say
    what it is about, as far as that is known. `asked`: its sender can settle it by a link first."""

    kind: str
    outcome: str = ""
    reason: str = ""
    employer_id: UUID | None = None
    message_id: UUID | None = None
    application_id: UUID | None = None
    job_id: UUID | None = None
    asked: bool = False

    @classmethod
    def about(
        cls, kind: str, token: Token | None, *, outcome: str = "", reason: str = ""
    ) -> Sorted:
        """With the ids that a token carries, where there is one."""
        employer_id = token.employer_id if token else None
        message_id = token.message_id if token else None
        return cls(kind, outcome, reason, employer_id=employer_id, message_id=message_id)

    @property
    def state(self) -> str:
        """The state of InboundMail that follows."""
        if self.asked:
            return "asked"
        return "kept" if self.reason else "read"

    def columns(self) -> dict[str, Any]:
        """As InboundMail keeps it."""
        return {
            "kind": self.kind,
            "outcome": self.outcome[:200],
            "reason": self.reason[:200],
            "employer_id": self.employer_id,
            "message_id": self.message_id,
            "application_id": self.application_id,
            "job_id": self.job_id,
        }

"""What was made of one mail."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sorted:
    """Either an `outcome`, or the `reason` why the mail is kept for later."""

    outcome: str = ""
    reason: str = ""
    employer_id: UUID | None = None
    message_id: UUID | None = None

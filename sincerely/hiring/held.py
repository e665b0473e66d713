"""A decision or move that is made but not yet told: it may still be taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sincerely.hiring.models import Application
from sincerely.kernel import clock
from sincerely.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Held:
    """What is held: `what` in words for the team, until when, its message, and who did it.

    Without a message it may be told aloud (which ends the window), with one it may not.
    """

    what: str
    until: dt.datetime
    message: Message | None
    by: str
    actor_id: UUID | None


def held_decision(application: Application) -> Held | None:
    """The decision or move of an application that is still within its undo window, if any.

    Nobody outside the team may learn of it. Takes two or three statements.
    """
    if closure := application.closure:
        what, until, message, by = str(closure), closure.shown_at, closure.message, closure.by
        kind = "closed"
    else:
        entries = application.stage_entries.select_related("message", "stage")
        entry = entries.order_by("-at", "-id").first()
        if entry is None:
            return None
        what, until, message, by = (
            f"Moved to {entry.stage}",
            entry.shown_at,
            entry.message,
            entry.by,
        )
        kind = "moved"
    if until <= clock.now() or (message and message.state != Message.State.QUEUED):
        return None
    return Held(what, until, message, by, _actor(application, kind))


def _actor(application: Application, kind: str) -> UUID | None:
    event = application.events().filter(kind=kind).first()
    return event.actor_id if event else None

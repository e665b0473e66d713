"""What the verbs of an interview have in common: taking it, taking it off, giving a date, keeping a
record."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sincerely.hiring.interview_words import when_words
from sincerely.hiring.models import Interview, InterviewCancellation
from sincerely.kernel import clock
from sincerely.outbox.models import Message


def lock(interview: Interview) -> None:
    """Take the application, and read its interview afresh."""
    application = interview.application
    application.lock()
    interview.refresh_from_db()
    interview.application, interview.employer = application, application.employer
    forget_read(interview)


def forget_read(interview: Interview) -> None:
    """Rows that were read with it may have changed."""
    interview._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def settle_notices(interview: Interview) -> int:
    """What was asked for is answered; says how much there was."""
    return int(interview.notices.open().update(settled_at=clock.now()))


def take_off(
    interview: Interview, reason: InterviewCancellation.Reason, *, by: Any, **more: Any
) -> None:
    now = clock.now()
    known = {"reason": reason, "at": now, "by": str(by), "shown_at": now} | more
    InterviewCancellation.objects.create(employer=interview.employer, interview=interview, **known)


def promise(
    interview: Interview, due_on: dt.date, message: Message | None, shown_at: dt.datetime
) -> None:
    """A date that nobody is told is no promise."""
    if message:
        interview.application.promise(due_on, shown_at=shown_at, message=message)


def note(interview: Interview, kind: str, *, by: Any, **data: Any) -> None:
    known = {
        "interview": str(interview.pk),
        "kind": interview.kind,
        "when": when_words(interview) if interview.starts_at else "",
    }
    interview.application.record(kind, by=by, data=known | data)

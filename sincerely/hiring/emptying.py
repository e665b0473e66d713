"""Everybody in a stage goes to another one, because theirs is no more.

Nothing about the applicants was decided, so nobody is told, and the date by which each hears
stands. However many they are, it takes the same few statements; only those whose move into the
stage has not been told yet go one by one, because that message would name a stage that is gone.
"""

from __future__ import annotations

from typing import Any

from sincerely.hiring.models import Application, Stage, StageEntry
from sincerely.hiring.quiet_hours import shown_at
from sincerely.kernel import clock
from sincerely.kernel.models import record_each
from sincerely.outbox.models import Message

AT_ONCE = 2_000


def empty(stage: Stage, to: Stage, *, by: Any) -> int:
    """Move all open applications of a stage within the caller's transaction; says how many."""
    inside = Application.objects.filter(stage=stage, ended_at=None).order_by("pk")
    ids = list(inside.select_for_update().values_list("pk", flat=True))
    untold = Message.objects.unsent().filter(kind="moved", about_id__in=ids)
    held = set(untold.values_list("about_id", flat=True))
    for application in Application.objects.for_page().filter(pk__in=held):
        application.move(to, by=by, tell=False)
    others = [key for key in ids if key not in held]
    for first in range(0, len(others), AT_ONCE):
        _move(others[first : first + AT_ONCE], stage, to, by=by)
    return len(ids)


def _move(ids: list[Any], stage: Stage, to: Stage, *, by: Any) -> None:
    """What Application.move does without a message, for many."""
    now = clock.now()
    shows = shown_at(stage.employer, "moved", stage.employer.undo_window)
    StageEntry.objects.filter(application__in=ids, shown_at__gt=now).update(shown_at=shows)
    StageEntry.objects.bulk_create(
        StageEntry(
            employer=stage.employer,
            application_id=key,
            stage=to,
            at=now,
            shown_at=shows,
            by=str(by),
        )
        for key in ids
    )
    Application.objects.filter(pk__in=ids).update(stage=to, stage_since=now)
    moved = {"from": str(stage.pk), "to": str(to.pk), "stage": to.name, "told": False}
    record_each("moved", [Application(pk=key) for key in ids], by=by, data=moved)

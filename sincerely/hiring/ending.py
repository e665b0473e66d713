"""Ending applications: one, or some hundreds at once with the same few statements.

Whoever has several applications among them gets one message, which names all the jobs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from sincerely.hiring.interview_ending import (
    Planned,
    calendars_of,
    end_with,
    planned_for,
    show_at,
)
from sincerely.hiring.letters import letter
from sincerely.hiring.models import (
    Application,
    Closure,
    Promise,
    Reason,
    StageEntry,
)
from sincerely.hiring.models.application import WITHDRAWAL_UNDO
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.offers import set_aside_refusals
from sincerely.hiring.one_message import NO_LINES, by_person, compose_end, take_over_held
from sincerely.hiring.overtaking import overtake
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.kernel.models import record_each
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import UNSENT
from sincerely.outbox.threads import NEW, threads_of


def end(
    applications: Sequence[Application],
    reason: Reason,
    *,
    by: Any,
    note: str = "",
    written: Wording | Callable[[Application], Wording] | None = None,
    lines: Mapping[UUID, str] = NO_LINES,
) -> list[Closure]:
    """End applications of one employer and tell each applicant, after the undo window.

    Within the transaction in which the caller locked them and saw that they are open. `written` is
    what a recruiter made of the text (for each, where it is a function), `lines` the personal line
    by application id.
    """
    employer, now, own = applications[0].employer, clock.now(), reason == Reason.WITHDRAWN
    window = WITHDRAWAL_UNDO if own else employer.undo_window
    shows = now if own else shown_at(employer, str(reason), window)
    _overtake_moves(applications, now, shows)
    planned = planned_for(applications)
    told = _queue(applications, reason, written, lines, window, planned)
    closures = Closure.objects.bulk_create(
        Closure(
            employer=employer,
            application=application,
            reason=reason,
            note=note,
            at=now,
            by=str(by),
            # Applicants know of their own withdrawal at once.
            shown_at=shows,
            message=told.get(application.pk),
            told_at=now if own else None,
            told_how="they withdrew themselves" if own else "",
        )
        for application in applications
    )
    end_with(closures, planned)
    _note_end(applications, reason, now)
    record_each("closed", applications, by=by, data={"reason": str(reason)})
    if reason == Reason.HIRED:
        for application in applications:
            set_aside_refusals(application, by=by)
    return closures


def close_if_unmoved(
    application: Application, reason: Reason, *, seen: UUID | None, **given: Any
) -> Closure:
    """End an application, unless somebody moved it since it was seen in stage `seen` (where that
    is known). Raises CannotDo then, and for whatever `Application.close` refuses."""
    with transaction.atomic():
        application.lock().require_open()
        if seen:
            application.require_in(seen)
        return application.close(reason, **given)


def tell_again(closures: Sequence[Closure]) -> None:
    """One of the ends that a message was to tell of is no more: the others get a message of their
    own, with the standard text, at the same time."""
    if not closures:
        return
    first, applications = closures[0], [each.application for each in closures]
    reason, hold = Reason(first.reason), first.shown_at - clock.now()
    told = _queue(applications, reason, None, NO_LINES, hold, planned_for(applications))
    for closure in closures:
        Closure.objects.filter(pk=closure.pk).update(message=told[closure.application_id])


def _note_end(applications: Sequence[Application], reason: Reason, now: dt.datetime) -> None:
    """The column that repeats what closures say; and nobody owes a date to who withdrew."""
    for application in applications:
        application.ended_at = now
    Application.objects.filter(pk__in=[each.pk for each in applications]).update(ended_at=now)
    if reason == Reason.WITHDRAWN:
        owed = Promise.objects.open().filter(application__in=applications)
        owed.update(outcome=Outcome.RELEASED, settled_at=now)


def _overtake_moves(
    applications: Sequence[Application], now: dt.datetime, shown_at: dt.datetime
) -> None:
    by_id = {application.pk: application for application in applications}
    silent = StageEntry.objects.filter(application__in=applications, message=None)
    silent.filter(shown_at__gt=now).update(shown_at=shown_at)
    # Found by the applications: the unsent are many, while a large job is being closed.
    moved = Message.objects.filter(about_id__in=list(by_id), kind="moved")
    states = moved.values_list("about_id", "state")
    for about_id in {about_id for about_id, state in states if state in UNSENT}:
        overtake(by_id[about_id], now, shown_at)


def _queue(
    applications: Sequence[Application],
    reason: Reason,
    written: Wording | Callable[[Application], Wording] | None,
    lines: Mapping[UUID, str],
    hold: dt.timedelta,
    planned: Planned,
) -> dict[UUID, Message]:
    """The messages, by the id of each application they are about; none without an address."""

    def words(group: Sequence[Application]) -> Wording:
        as_written = written(group[0]) if callable(written) else written
        return compose_end(group, reason, as_written, lines)

    groups = [group for group in by_person(applications) if group[0].email]
    held = take_over_held(groups, reason, words)
    told = [[*group, *(each.application for each in held[group[0].pk])] for group in groups]
    if any(held.values()):
        planned = planned_for(each for group in told for each in group)
    threads = threads_of(group[0].pk for group in told)
    letters = []
    for group in told:
        known: dict[str, Any] = {"hold": hold, "thread": threads.get(group[0].pk, NEW)}
        about = letter(group[0], str(reason), words(group), **known)
        letters.append(about | {"calendar": calendars_of(group, planned)})
    messages = Message.objects.queue_all(letters) if letters else []
    by_application = {
        each.pk: message for group, message in zip(told, messages, strict=True) for each in group
    }
    shows = shown_at(applications[0].employer, str(reason), hold)
    for closure in (each for closures in held.values() for each in closures):
        message = by_application[closure.application_id]
        Closure.objects.filter(pk=closure.pk).update(message=message, shown_at=shows)
        show_at(closure, shows)
    return by_application

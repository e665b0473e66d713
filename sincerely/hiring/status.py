"""Where an application stands: one answer for every channel.

The status page, the caller look-up, the mail and the phone all ask `status_of`. It knows only what
the applicant may know: a decision or a move whose message is still held for undo does not exist
here yet, so nothing can leak it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sincerely.hiring.dates import in_words, local_day
from sincerely.hiring.interview_words import when_words, where_words
from sincerely.hiring.models import (
    Application,
    Closure,
    Interview,
    Promise,
    Reason,
    Stage,
    StageEntry,
)
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

ENDINGS = {
    Reason.HIRED: ("You have the job", "{employer} has said yes to you."),
    Reason.DECLINED: ("Not this time", "{employer} has decided not to go on with it."),
    Reason.WITHDRAWN: ("Withdrawn", "You have withdrawn it."),
    Reason.JOB_FILLED: ("The job has been filled", "{employer} chose another applicant."),
    Reason.JOB_CANCELLED: ("The job is no longer available", "{employer} does not fill it."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline: `when` is "done", "now" or "next"; `at` only for what was done."""

    when: str
    title: str
    text: str = ""
    at: dt.datetime | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What the applicant may know now. `next_by` is None exactly when it has ended; `missed` is the
    date before it, where that was not kept. `interview` is the one still to come, to be picked a
    time for, or just over."""

    title: str
    text: str
    changed_at: dt.datetime
    next_by: dt.date | None
    is_late: bool
    missed: dt.date | None
    ended: Reason | None
    sentence: str
    steps: tuple[Step, ...]
    interview: Interview | None = None


def status_of(application: Application) -> Status:
    """The status as of now; takes four statements. `application` as `for_page()` reads it."""
    entries = list(application.stage_entries.shown())
    promises = list(application.promises.shown()[:2])
    closure = application.closures.filter(shown_at__lte=clock.now()).first()
    met = list(application.interviews.shown())
    setup = setup_of(application.employer)
    stage = setup.stage(entries[0].stage_id if entries else application.stage_id)
    if closure:
        return _ended(application, closure, entries, met)
    return _running(application, stage, entries, promises, met)


def _running(
    application: Application,
    stage: Stage,
    entries: list[StageEntry],
    promises: list[Promise],
    met: list[Interview],
) -> Status:
    today = clock.today(application.employer.time_zone)
    next_by = promises[0].due_on if promises else None
    late = bool(next_by and next_by < today)
    missed = promises[1].due_on if len(promises) > 1 and promises[1].missed_at else None
    after = setup_of(application.employer).stage_after(stage.pk)
    steps = [
        *_done(application, entries, met),
        Step("now", stage.public_name, stage.public_text, until=next_by),
        *_ahead(met),
        Step(
            "next", after.public_name if after else "A decision", after.public_text if after else ""
        ),
    ]
    return Status(
        title=stage.public_name,
        text=stage.public_text,
        changed_at=entries[0].shown_at if entries else application.applied_at,
        next_by=next_by,
        is_late=late,
        missed=missed,
        ended=None,
        sentence=_sentence(application, stage, next_by, late, missed, met),
        steps=tuple(steps),
        interview=_current(application, met),
    )


def _current(application: Application, met: list[Interview]) -> Interview | None:
    current = next((each for each in met if each.took_place_at is None), None)
    if current:
        current.application, current.employer = application, application.employer
    return current


def _ended(
    application: Application, closure: Closure, entries: list[StageEntry], met: list[Interview]
) -> Status:
    reason = Reason(closure.reason)
    title, text = ENDINGS[reason]
    text = text.format(employer=application.employer.name)
    done = _done(application, entries, met, all_past=True)
    return Status(
        title=title,
        text=text,
        changed_at=closure.shown_at,
        next_by=None,
        is_late=False,
        missed=None,
        ended=reason,
        sentence=f"{_arrived(application)} It ended on {_day(closure.at, application)}: {text}",
        steps=(*done, Step("done", title, text, at=closure.shown_at)),
    )


def _done(
    application: Application,
    entries: list[StageEntry],
    met: list[Interview],
    *,
    all_past: bool = False,
) -> list[Step]:
    """What lies behind: the arrival, each stage that was left, and each interview that was held."""
    setup = setup_of(application.employer)
    past = list(reversed(entries if all_past else entries[1:]))
    steps = [
        Step("done", "Arrived", f"We have it, for {application.job.title}.", application.applied_at)
    ]
    steps += [
        Step("done", setup.stage(entry.stage_id).public_name, at=entry.shown_at)
        for entry in past
        if entry.stage_id != setup.stages[0].pk
    ]
    held = [
        Step("done", each.get_kind_display(), at=each.starts_at) for each in met if _is_held(each)
    ]
    return sorted([*steps, *held], key=lambda step: step.at or application.applied_at)


def _ahead(met: list[Interview]) -> list[Step]:
    """The interview that is planned, or to be picked a time for."""
    ahead = [each for each in met if not _is_held(each)][:1]
    return [
        Step("next", f"{each.get_kind_display()} on {when_words(each)}", where_words(each))
        if each.starts_at
        else Step("next", f"{each.get_kind_display()}: pick a time")
        for each in ahead
    ]


def _is_held(interview: Interview) -> bool:
    return interview.took_place_at is not None or interview.is_over


def _interview_sentence(met: list[Interview]) -> str:
    ahead = next((each for each in met if not _is_held(each)), None)
    if ahead is None:
        return ""
    if ahead.starts_at:
        return f" Your {ahead.named} is on {when_words(ahead)}."
    return f" There are times for your {ahead.named} on your status page, to pick one from."


def _arrived(application: Application) -> str:
    day = _day(application.applied_at, application)
    return f"Your application for {application.job.title} arrived on {day}."


def _sentence(
    application: Application,
    stage: Stage,
    next_by: dt.date | None,
    late: bool,
    missed: dt.date | None,
    met: list[Interview],
) -> str:
    now = f"{_arrived(application)} It is at: {stage.public_name}.{_interview_sentence(met)}"
    if next_by is None:
        return now
    if late:
        return f"{now} You should have heard by {in_words(next_by)}; we are late, and we are sorry."
    if missed:
        now += f" We missed the date we gave you, {in_words(missed)}, and we are sorry."
    return f"{now} You will hear from us by {in_words(next_by)}."


def _day(instant: dt.datetime, application: Application) -> str:
    return in_words(local_day(instant, application.employer))

"""Ending a job: everybody in it gets an end and is told; only then is the job closed.

What the people in each stage read is written before, and kept as it is written; a line for one
person goes with it. The messages are made in the background, some hundreds at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.board import column_heads
from sincerely.hiring.compose import wording_of
from sincerely.hiring.ending import end
from sincerely.hiring.models import Application, CloseOut, Job, PersonalLine, Reason, Stage
from sincerely.hiring.offers import holding_another
from sincerely.hiring.one_message import compose_end
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY
from sincerely.kernel.tenancy import employer_scope

BATCH = 200
REASONS = (Reason.JOB_FILLED, Reason.JOB_CANCELLED)


@dataclass(frozen=True, slots=True)
class Group:
    """The people in one stage: how many they are, what they read, and one of them."""

    stage: Stage
    total: int
    words: Wording
    is_own: bool
    example: Application | None


def close_out_of(job: Job) -> CloseOut:
    """What was written for the end of this job, or an empty one that is not stored."""
    return CloseOut.objects.filter(job=job).first() or CloseOut(job=job)


def groups_of(job: Job, close_out: CloseOut) -> list[Group]:
    """Everybody in the job without an end, by stage."""
    heads = column_heads(job, setup_of(job.employer).all_stages)
    return [
        Group(
            stage=head.stage,
            total=head.total,
            words=words_for(job.employer, close_out, head.stage.pk),
            is_own=str(head.stage.pk) in close_out.words,
            example=in_stage(job, head.stage).first(),
        )
        for head in heads
        if head.total
    ]


def in_stage(job: Job, stage: Stage) -> Any:
    """Those of a job in one stage, without an end, in the order of the board."""
    found: Any = job.applications.open().for_page().filter(stage=stage)
    return found.order_by("due_on", "id")


def words_for(employer: Employer, close_out: CloseOut, stage_id: UUID) -> Wording:
    """What was written for a stage, else the message of the reason."""
    if own := close_out.words.get(str(stage_id)):
        return Wording(*own)
    return wording_of(employer, close_out.reason)


def write(job: Job, reason: Reason, words: Mapping[UUID, Wording], *, by: Any) -> CloseOut:
    """Keep what was written so far; the reason's own message is not kept as anybody's words.

    Words that are the message of another reason follow the reason. A close-out that runs stays.
    """
    standard = [wording_of(job.employer, each) for each in REASONS]
    own = {str(key): [w.subject, w.body] for key, w in words.items() if w not in standard}
    with transaction.atomic():
        job.lock()
        close_out = close_out_of(job)
        if close_out.started_at is None:
            close_out.reason, close_out.by = reason, str(by)
            close_out.words, close_out.written_at = own, clock.now()
            close_out.save()
    return close_out


def write_lines(lines: Mapping[Application, str], *, by: Any) -> None:
    """Keep the personal lines of these applications; an empty one is given up."""
    given = {application: text.strip() for application, text in lines.items()}
    PersonalLine.objects.filter(
        application__in=[each for each in given if not given[each]]
    ).delete()
    for application, text in given.items():
        if text:
            PersonalLine.objects.update_or_create(
                application=application, defaults={"text": text, "by": str(by), "at": clock.now()}
            )


def lines_of(applications: Iterable[Application]) -> dict[UUID, str]:
    """Application id → personal line, for those who have one."""
    rows = PersonalLine.objects.filter(application__in=list(applications))
    return dict(rows.values_list("application_id", "text"))


def as_read(application: Application, close_out: CloseOut, line: str = "") -> Wording:
    """The message of the close-out as this person will read it."""
    words = words_for(application.employer, close_out, application.stage_id)
    return compose_end([application], Reason(close_out.reason), words, {application.pk: line})


def close_out(job: Job, *, by: Any) -> None:
    """Stop taking applications, and end each open one in the background as it was written.

    Raises CannotDo for a job that is closed or closing.
    """
    with transaction.atomic():
        job.begin_closing(by=by)
        written = close_out_of(job)
        written.by, written.started_at = written.by or str(by), clock.now()
        written.save()
        known = {"employer_id": str(job.employer_id), "job_id": str(job.pk)}
        end_applications.defer(**known, by=str(by.pk))


@app.task(name="hiring.end_applications", queue="default", retry=RETRY)
def end_applications(employer_id: str, job_id: str, by: str) -> None:
    """End what is still open in a closing job. May run twice, and goes on where a killed worker
    stopped: who has an end keeps it."""
    identity = Identity.objects.get(pk=by)
    with employer_scope(UUID(employer_id)):
        job = Job.objects.select_related("employer", "recruiter").get(pk=job_id)
        written, last = close_out_of(job), UUID(int=0)
        while batch := _next(job, last):
            _end(batch, job, written, by=identity)
            last = batch[-1]
        job.close_if_all_told()


def left_out(job: Job) -> list[tuple[Application, Application]]:
    """Those of a closing job who hold an offer for another one, each with that other one: what
    becomes of them a person decides."""
    waiting = list(job.applications.open().for_page().order_by("id")[:BATCH])
    held = holding_another(waiting)
    return [(each, held[each.pk]) for each in waiting if each.pk in held]


def _next(job: Job, last: UUID) -> list[UUID]:
    ids = job.applications.open().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
    return list(ids[:BATCH])


def _end(batch: list[UUID], job: Job, written: CloseOut, *, by: Identity) -> None:
    """End these in one transaction, without those who ended meanwhile or hold another offer."""
    with transaction.atomic():
        rows = Application.objects.open().filter(pk__in=batch)
        applications = list(rows.order_by("pk").select_for_update())
        for application in applications:
            application.employer, application.job = job.employer, job
        held = holding_another(applications)
        applications = [each for each in applications if each.pk not in held]
        if applications:
            end(
                applications,
                Reason(written.reason),
                by=by,
                written=lambda each: words_for(job.employer, written, each.stage_id),
                lines=lines_of(applications),
            )

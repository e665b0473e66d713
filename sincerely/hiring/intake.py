"""Receiving an application: one transaction, at most once, however often the form is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from sincerely.documents.models import Document
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.failing import count_from, keep_with, tries_before
from sincerely.hiring.letters import letter, thread_of
from sincerely.hiring.models import (
    Application,
    ApplicationDraft,
    Candidate,
    Closure,
    Failure,
    Job,
    NameKey,
    Promise,
    Reason,
    Reference,
    Referral,
    Stage,
    StageEntry,
)
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.receipt_notes import with_notes
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.ids import reference_number, uuid7
from sincerely.kernel.models import Event
from sincerely.kernel.rows import Met, Together, undoable
from sincerely.outbox.models import Message
from sincerely.outbox.threads import NEW, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the form (or another door) read: `id` is the form's own key, made before it was sent,
    so that a second try names the same application. `email` is lower-case, `phone` E.164 or empty.
    `answers` are `{"question": …, "answer": …}` in the words that stood on the form. `referral` is
    the one whose link led here. `notes` are lines for this person alone, for the receipt."""

    id: UUID
    name: str
    email: str = ""
    phone: str = ""
    answers: list[dict[str, str]] = field(default_factory=list)
    document: Document | None = None
    source: str = ""
    referral: UUID | None = None
    at: dt.datetime | None = None
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """What may be said to whoever sent the form, alike for a first and a second application; `at`
    is since when it counts, where that is known."""

    reference: str
    due_on: dt.date
    too_late: bool = False
    at: dt.datetime | None = field(default=None, compare=False)


def receive(job: Job, submission: Submission) -> Received:
    """Take an application for a job, with its receipt queued in the same transaction.

    Who applied before is answered alike, and told so by e-mail: a stranger learns nothing. When
    the job is not open the application is kept as a draft for the recruiter (`too_late`).
    """
    if tries := tries_before(job, submission.id, submission.email):
        return _receive_after(job, submission, tries)
    return _receive(job, submission)


def _receive_after(job: Job, submission: Submission, tries: list[Failure]) -> Received:
    """What failed through our fault counts at the time of the first try."""
    with transaction.atomic():
        received = _receive(job, replace(submission, at=tries[0].failed_at))
        if received.too_late:
            keep_with(submission.id, tries)
        else:
            number = Reference.objects.get(number=received.reference)
            count_from(Application.objects.for_page().get(pk=number.application_key), tries)
    # Since when it counts, the receipt says: somebody else may have typed this address.
    return replace(received, at=None)


def _receive(job: Job, submission: Submission) -> Received:
    if not job.is_open:
        return _keep_draft(job, submission)
    try:
        with _one_transaction(submission):
            return _received(_write(job, submission))
    except IntegrityError:
        return _received_before(job, submission)


def _one_transaction(submission: Submission) -> AbstractContextManager[Any]:
    """The rows are one statement, and so one transaction; a referral is tied in a second one."""
    return transaction.atomic() if submission.referral else undoable()


def accept_draft(draft: ApplicationDraft) -> Application:
    """Let an application that came too late count, at the time of its first try."""
    with transaction.atomic():
        draft.lock()
        application = _write(
            draft.job,
            Submission(
                id=draft.pk,
                name=draft.name,
                email=draft.email,
                phone=draft.phone,
                answers=draft.answers,
                document=draft.document,
                source=draft.source,
                referral=draft.referral_id,
                at=draft.at,
            ),
        )
        draft.settled_at = clock.now()
        draft.save(update_fields=["settled_at"])
    return application


def _write(job: Job, submission: Submission) -> Application:
    """All rows of a new application, with its receipt and the jobs for both, in one statement."""
    stage = setup_of(job.employer).stages[0]
    now, together = clock.now(), Together()
    if submission.document:
        submission.document.join(together)
    person = Candidate.objects.same_person(
        together, name=submission.name, email=submission.email, phone=submission.phone
    )
    application = _application(job, submission, person, stage, now)
    applied = Event(
        about_id=application.pk, kind="applied", by=APPLICANT, data={"source": submission.source}
    )
    number = Reference(
        number=application.reference,
        employer_key=job.employer.pk,
        application_key=application.pk,
    )
    together.insert(application, applied, number)
    _arrive(application, stage, now, together, notes=submission.notes)
    NameKey.objects.enter(application, together)
    together.write()
    _tie(submission, application)
    return application


def _tie(submission: Submission, application: Application) -> None:
    if submission.referral:
        Referral.objects.filter(pk=submission.referral).tie(application)


def _application(
    job: Job, submission: Submission, person: Met, stage: Stage, now: dt.datetime
) -> Application:
    return Application(
        id=submission.id,
        employer=job.employer,
        job=job,
        candidate_id=person,
        stage=stage,
        stage_since=now,
        reference=reference_number(),
        name=submission.name,
        email=submission.email,
        phone=submission.phone,
        answers=submission.answers,
        document=submission.document,
        source=submission.source,
        applied_at=submission.at or now,
        due_on=date_to_promise(job.employer, stage.promise_days),
    )


def _arrive(
    application: Application,
    stage: Stage,
    now: dt.datetime,
    together: Together,
    thread: Thread = NEW,
    notes: Sequence[str] = (),
) -> None:
    """The receipt, and the stage and the date that it tells of."""
    message = _receipt(application, "receipt", thread, notes)
    if message:
        message.join(together)
    told: dict[str, Any] = {"stage": stage, "shown_at": now, "message": message}
    entry = StageEntry(application=application, **told, at=now, by=APPLICANT)
    assert application.due_on is not None
    promise = Promise.made(application, application.due_on, **told, made_at=now)
    together.insert(entry, promise)


def _receipt(
    application: Application, kind: str, thread: Thread, notes: Sequence[str] = ()
) -> Message | None:
    """What tells the applicant that it arrived; None where there is no address to send it to."""
    if not application.email:
        return None
    text = with_notes(application, kind, notes)
    return Message.objects.draft(**letter(application, kind, text, thread=thread))


def _received_before(job: Job, submission: Submission) -> Received:
    """The same form once more, or the same person once more."""
    if same := Application.objects.filter(pk=submission.id, job=job).first():
        return _received(same)
    existing = Application.objects.for_page().filter(job=job, candidate__email=submission.email)
    if submission.email and (known := existing.first()):
        return add_to(known, submission)
    # The form's key served another job (a copied page), or the reference number was taken.
    return _receive(job, replace(submission, id=uuid7()))


def _received(application: Application) -> Received:
    due_on = application.due_on or clock.today("UTC")
    return Received(application.reference, due_on, at=application.applied_at)


def add_to(existing: Application, submission: Submission) -> Received:
    """Keep what a known person sent again with their application, and tell them by e-mail."""
    with transaction.atomic():
        existing.lock()
        # The form's key names what was added, too: sent fifty times it is added, and told, once.
        if added := Event.objects.filter(pk=submission.id).first():
            number = added.data["reference"]
        else:
            number = _add(existing, submission)
    stage = setup_of(existing.employer).stages[0]
    return Received(number, date_to_promise(existing.employer, stage.promise_days))


def _add(existing: Application, submission: Submission) -> str:
    if submission.document:
        submission.document.keep()
    number = Reference.objects.allot(employer_id=existing.employer.pk, application_id=existing.pk)
    Event.objects.create(
        id=submission.id,
        about_id=existing.pk,
        kind="applied_again",
        by=APPLICANT,
        data={
            "reference": number,
            "name": submission.name,
            "phone": submission.phone,
            "answers": submission.answers,
            "document": str(submission.document.pk) if submission.document else "",
        },
    )
    NameKey.objects.enter_name(existing, submission.name)
    _tie(submission, existing)
    _fill_gaps(existing, submission)
    closure = existing.closure
    if closure and closure.reason == Reason.WITHDRAWN and existing.job.is_open:
        _begin_again(existing, closure, submission)
    else:
        _tell_again(existing, submission.notes)
    return number


def _fill_gaps(existing: Application, submission: Submission) -> None:
    """A resume that was missing is the resume; one that was there stays."""
    if submission.document and existing.document is None:
        existing.document = submission.document
        existing.save(update_fields=["document"])


def _tell_again(existing: Application, notes: Sequence[str]) -> None:
    together = Together()
    if message := _receipt(existing, "applied_again", thread_of(existing), notes):
        message.join(together)
    together.write()


def _begin_again(existing: Application, closure: Closure, submission: Submission) -> None:
    """Who withdrew is welcome to apply again: it starts afresh, and its history stays."""
    if closure.message:
        closure.message.skip("applied again")
    closure.delete()
    for follow_up in existing.follow_ups.standing():
        follow_up.give_back("applied again")
    stage, now = setup_of(existing.employer).stages[0], clock.now()
    existing.stage, existing.stage_since, existing.ended_at = stage, now, None
    existing.applied_at, existing.answers = now, submission.answers
    existing.document = submission.document or existing.document
    existing.due_on = date_to_promise(existing.employer, stage.promise_days)
    existing.save()
    together = Together()
    _arrive(existing, stage, now, together, thread_of(existing))
    together.write()


def _keep_draft(job: Job, submission: Submission) -> Received:
    if submission.document:
        submission.document.keep()
    ApplicationDraft.objects.get_or_create(
        pk=submission.id,
        defaults={
            "job": job,
            "name": submission.name,
            "email": submission.email,
            "phone": submission.phone,
            "answers": submission.answers,
            "document": submission.document,
            "source": submission.source,
            "referral_id": submission.referral,
            "at": submission.at or clock.now(),
        },
    )
    return Received("", clock.today(job.employer.time_zone), too_late=True)

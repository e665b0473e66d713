"""Applications that came when the job was no longer open: a person lets them count, or says no."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sincerely.hiring import wording
from sincerely.hiring.intake import accept_draft
from sincerely.hiring.letters import write_to
from sincerely.hiring.models import Application, ApplicationDraft, CannotDo
from sincerely.hiring.models.job import JobState
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.kernel.models import record
from sincerely.outbox.models import Message

TOO_LATE = Wording(
    "{job}: your application came too late",
    """Hello {name},

thank you for applying for {job}. When your application arrived, the job was no longer open, so we could not consider it. This says nothing about you.

We are sorry for the time it cost you, and you are welcome to apply for another job with us.

{recruiter}
{employer}""",  # noqa: E501 - a paragraph of a message is one line
)


def accept(draft: ApplicationDraft, *, by: Any) -> Application:
    """Let it count at the time of its first try. Raises CannotDo: it has been answered, the same
    person has applied, or the job is closed and so nobody could be told anything more."""
    with transaction.atomic():
        _require_unsettled(draft)
        if draft.job.lock().state in {JobState.CLOSING, JobState.CLOSED}:
            raise CannotDo("This job is closed. It can take nobody any more; tell them so.")
        if draft.email and draft.job.applications.filter(candidate__email=draft.email).exists():
            raise CannotDo(f"{draft.name} has another application for this job, which counts.")
        application = accept_draft(draft)
        application.record("late_accepted", by=by)
    return application


def decline(draft: ApplicationDraft, *, by: Any, message: Wording) -> Message | None:
    """Say kindly that it came too late; None when there is no address to say it to.

    Raises CannotDo when it has been answered.
    """
    with transaction.atomic():
        _require_unsettled(draft)
        draft.settled_at = clock.now()
        draft.save(update_fields=["settled_at"])
        record("late_declined", draft, by=by)
        if not draft.email:
            return None
        return write_to(
            draft.job.employer,
            "too_late",
            written_for(draft, message),
            to=(draft.name, draft.email),
            about=draft,
        )


def written_for(draft: ApplicationDraft, message: Wording = TOO_LATE) -> Wording:
    """The message with its placeholders filled for this person."""
    recruiter = draft.job.recruiter
    values = {
        "name": draft.name,
        "job": draft.job.title,
        "employer": draft.job.employer.name,
        "recruiter": recruiter.name if recruiter else draft.job.employer.name,
    }
    return Wording(wording.fill(message.subject, values), wording.fill(message.body, values))


def _require_unsettled(draft: ApplicationDraft) -> None:
    if draft.lock().settled_at:
        raise CannotDo(f"{draft.name} has been answered already.")

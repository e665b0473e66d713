"""The automatic answer to "where does my application stand?": did it arrive, is the job still open,
where is it, and by when does the applicant hear.

Every channel gives it; it is the true state that `status_of` knows, and nothing beyond.
"""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat

from sincerely.hiring.dates import in_words, local_day
from sincerely.hiring.models import Application
from sincerely.hiring.models.job import JobState
from sincerely.hiring.receipt_words import receipt_of
from sincerely.hiring.status import Status, status_of


def answer_of(application: Application, status: Status | None = None) -> list[str]:
    """The answer, a paragraph each; takes five statements, fewer with `status`."""
    status = status or status_of(application)
    return [_arrived(application), _still_open(application, status), _where(status)]


def _arrived(application: Application) -> str:
    day = in_words(local_day(application.applied_at, application.employer))
    document = application.document
    if document:
        size = filesizeformat(document.size).replace("\xa0", " ")
        file = f", with your file {document.name} ({size})"
    else:
        file = ""
    said = f"Yes, your application arrived on {day}{file}."
    receipt = receipt_of(application)
    return f"{said} Our receipt: {receipt.sentence}" if receipt else said


def _still_open(application: Application, status: Status) -> str:
    if status.ended:
        return "Your application has ended."
    if application.job.state == JobState.OPEN:
        return "The job is still open, and so is your application."
    return "The job takes no new applications, but yours is still being considered."


def _where(status: Status) -> str:
    said = f"{status.title}. {status.text}" if status.text else f"{status.title}."
    if status.next_by is None:
        return said
    day = in_words(status.next_by)
    if status.is_late:
        return f"{said} You should have heard by {day}. We are late, and we are sorry."
    if status.missed:
        said += f" We missed the date we gave you, {in_words(status.missed)}, and we are sorry."
    return f"{said} You will hear from us by {day}."

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
    where = f"{status.title}. {status.text}".strip()
    return [
        arrived(application),
        still_open(application, status),
        f"{where} {hears(status)}".strip(),
    ]


def arrived(application: Application) -> str:
    """When and how it arrived, and what became of the receipt; takes one statement."""
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


def still_open(application: Application, status: Status) -> str:
    if status.ended:
        return "Your application has ended."
    if application.job.state == JobState.OPEN:
        return "The job is still open, and so is your application."
    return "The job takes no new applications, but yours is still being considered."


def hears(status: Status) -> str:
    """By when they hear, or an empty text when it has ended."""
    if status.next_by is None:
        return ""
    day = in_words(status.next_by)
    if status.is_late:
        return f"You should have heard by {day}. We are late, and we are sorry."
    said = f"You will hear from us by {day}."
    if status.missed:
        missed = in_words(status.missed)
        return f"We missed the date we gave you, {missed}, and we are sorry. {said}"
    return said

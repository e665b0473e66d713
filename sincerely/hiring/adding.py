"""What an applicant adds to an application that is here: a file, an answer, a phone number."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from sincerely.documents.models import Document
from sincerely.hiring.models import Application
from sincerely.hiring.models.application import APPLICANT

# Events whose data name a document that belongs to the application.
WITH_A_FILE = ("applied_again", "sent_file", "completed")


def add_file(application: Application, document: Document) -> None:
    """Keep a file that was stored. It is the resume where there is none yet."""
    with transaction.atomic():
        application.lock()
        document.keep()
        _be_the_resume(application, document)
        data = {"document": str(document.pk), "name": document.name}
        application.record("sent_file", by=APPLICANT, data=data)


def complete(
    application: Application,
    *,
    answers: Sequence[dict[str, str]] = (),
    phone: str = "",
    document: Document | None = None,
) -> None:
    """Add what was missing; what is there already stays as it is, so that this may run twice.

    `answers` as in a Submission, `phone` E.164. Raises CannotDo when the application has ended.
    """
    with transaction.atomic():
        application.lock().require_open()
        answered = {each["question"] for each in application.answers}
        new = [each for each in answers if each["question"] not in answered]
        phone = "" if application.phone else phone
        if document:
            document.keep()
            _be_the_resume(application, document)
        if not (new or phone or document):
            return
        application.answers = [*application.answers, *new]
        application.phone = application.phone or phone
        application.save(update_fields=["answers", "phone"])
        data = {
            "answers": new,
            "phone": phone,
            "document": str(document.pk) if document else "",
        }
        application.record("completed", by=APPLICANT, data=data)


def _be_the_resume(application: Application, document: Document) -> None:
    if application.document_id is None:
        application.document = document
        application.save(update_fields=["document"])

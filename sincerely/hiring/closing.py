"""Ending a job: everybody in it gets an end and is told; only then is the job closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from sincerely.accounts.models import Identity
from sincerely.hiring.models import CannotDo, Job, Reason
from sincerely.hiring.wording import Wording
from sincerely.kernel.tenancy import employer_scope

BATCH = 200


def close_out(job: Job, reason: Reason, *, by: Any, message: Wording) -> None:
    """Stop taking applications, and end each open one in the background with this message.

    `message` may hold placeholders; it is filled for each person. Raises CannotDo for a job that
    is closed or closing.
    """
    with transaction.atomic():
        job.begin_closing(by=by)
        end_applications.defer(
            employer_id=str(job.employer_id),
            job_id=str(job.pk),
            reason=str(reason),
            by=str(by.pk),
            subject=message.subject,
            body=message.body,
        )


@app.task(name="hiring.end_applications", queue="default")
def end_applications(
    employer_id: str, job_id: str, reason: str, by: str, subject: str, body: str
) -> None:
    """Close what is still open in a closing job. May run twice: who has an end keeps it."""
    identity = Identity.objects.get(pk=by)
    with employer_scope(UUID(employer_id)):
        job = Job.objects.get(pk=job_id)
        while batch := list(job.applications.open().for_page()[:BATCH]):
            for application in batch:
                try:
                    application.close(Reason(reason), by=identity, message=Wording(subject, body))
                except CannotDo:
                    continue  # ended by somebody else meanwhile
        job.close_if_all_told()

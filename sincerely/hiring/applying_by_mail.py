"""An application that came by mail: for the right job, through the same verb as the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from sincerely.documents.models import Document
from sincerely.hiring.adding import add_file
from sincerely.hiring.intake import Submission, add_to, receive
from sincerely.hiring.mail_answers import answer_mail
from sincerely.hiring.mail_wording import NOT_OPEN
from sincerely.hiring.missing import BY_MAIL, details_link, missing
from sincerely.hiring.models import Application, ApplicationDraft, Job

LETTER = "Letter, by e-mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """What a mail brought: `id` names the application that comes of it, `email` is in lower case.
    `refused` are sentences about files that were not taken."""

    id: UUID
    name: str
    email: str
    text: str = ""
    documents: Sequence[Document] = ()
    refused: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """In a few words what was done; `application_id` of the application that it is now part of."""

    outcome: str
    application_id: UUID | None = None


def apply_by_mail(job: Job, mailed: Mailed) -> Applied:
    """Take it as the form's is taken. Who applied for this job before adds to that application,
    whatever became of the job; all mail goes to the address that it is said to come from.

    `job` has its employer and its recruiter; within the employer's scope.
    """
    before = Application.objects.for_page().filter(job=job, candidate__email=mailed.email).first()
    if before:
        add_to(before, _submission(mailed, notes=mailed.refused))
        outcome, application = "added to the application that was here", before
    elif not job.is_open:
        return _too_late(job, mailed)
    else:
        receive(job, _submission(mailed, notes=[*mailed.refused, *_asked_for(job, mailed)]))
        outcome = "an application, with its receipt"
        application = Application.objects.get(job=job, candidate__email=mailed.email)
    for document in mailed.documents[1:]:
        add_file(application, document)
    return Applied(outcome, application.pk)


def _submission(mailed: Mailed, *, notes: Sequence[str]) -> Submission:
    letter = [{"question": LETTER, "answer": mailed.text}] if mailed.text else []
    return Submission(
        id=mailed.id,
        name=mailed.name,
        email=mailed.email,
        answers=letter,
        document=mailed.documents[0] if mailed.documents else None,
        source=BY_MAIL,
        notes=tuple(notes),
    )


def _asked_for(job: Job, mailed: Mailed) -> list[str]:
    """What the receipt asks for, with the link to where it can be given."""
    lacks = missing(job, answered=(), has_resume=bool(mailed.documents), has_phone=False)
    to_come = SimpleNamespace(employer_id=job.employer.pk, pk=mailed.id)
    what = "Still missing" if lacks.required else "You may add"
    return [f"{what}: {lacks.in_words()}. Here, whenever it suits you:\n{details_link(to_come)}"]


def _too_late(job: Job, mailed: Mailed) -> Applied:
    """Kept for the recruiter; said so once, however often somebody writes."""
    told = ApplicationDraft.objects.filter(job=job, email=mailed.email).exists()
    receive(job, _submission(mailed, notes=()))
    if told:
        return Applied("came too late, kept with what came before")
    answer_mail(job.employer, "not_open", NOT_OPEN, to=(mailed.name, mailed.email), job=job)
    return Applied("came too late: kept for the recruiter, and said so")

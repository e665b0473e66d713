"""What an application still lacks, that its job's form would have asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sincerely.hiring.links import status_link
from sincerely.hiring.models import Application, Job, Question

# The source of an application that came by mail. Only these are asked for what is missing: every
# other way in has asked.
BY_MAIL = "E-mail"


@dataclass(frozen=True, slots=True)
class Missing:
    """`questions` without an answer (as `published_job` reads them); whether there is no resume and
    no phone number; `resume_required` when the job cannot do without one."""

    questions: Sequence[Mapping[str, Any]] = ()
    resume: bool = False
    resume_required: bool = False
    phone: bool = False

    @property
    def required(self) -> bool:
        """Whether something is missing that the form would have insisted on."""
        asked = any(question["required"] for question in self.questions)
        return asked or (self.resume and self.resume_required)

    def __bool__(self) -> bool:
        return bool(self.questions or self.resume or self.phone)

    def in_words(self) -> str:
        """“your resume, answers to 2 questions and a phone number, if we may call you”"""
        parts = ["your resume"] if self.resume else []
        if count := len(self.questions):
            parts.append(
                "the answer to a question" if count == 1 else f"answers to {count} questions"
            )
        if self.phone:
            parts.append("a phone number, if we may call you")
        return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1] if parts else ""]))


def missing_from(application: Application) -> Missing:
    """Of an application by mail that has not ended; of any other nothing."""
    if application.source != BY_MAIL or not application.is_open:
        return Missing()
    answered = {each["question"] for each in application.answers}
    return missing(
        application.job,
        answered=answered,
        has_resume=application.document_id is not None,
        has_phone=bool(application.phone),
    )


def missing(job: Job, *, answered: Iterable[str], has_resume: bool, has_phone: bool) -> Missing:
    """What the job's form asks for beyond this; takes one statement."""
    answered = set(answered)
    asked = Question.objects.filter(job=job).order_by("position", "id")
    names = ("id", "text", "kind", "choices", "required")
    return Missing(
        questions=[row for row in asked.values(*names) if row["text"] not in answered],
        resume=not has_resume,
        resume_required=job.resume_required,
        phone=not has_phone,
    )


def details_link(application: Any) -> str:
    """Where the applicant adds it; `application` needs its ids only."""
    return f"{status_link(application)}details/"

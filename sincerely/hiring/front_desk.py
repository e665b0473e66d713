"""An application that somebody of the team takes in: at the counter, from a letter, on the phone.

It is received like any other. Who has no e-mail address gets a slip for a receipt, with the
reference number and a PIN; handing it over is recorded, because printed is not handed over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from sincerely.hiring.intake import Submission, add_to, receive
from sincerely.hiring.models import Application, Candidate, CannotDo, Job, Reference
from sincerely.hiring.pins import issue_pin
from sincerely.kernel.ids import uuid_of
from sincerely.kernel.models import Event

# How it came. A visit that brings an application uses no follow-up up: it is the application.
SOURCES = (
    ("walk-in", "Walk-in"),
    ("paper", "On paper"),
    ("phone", "By phone"),
    ("other", "Otherwise"),
)
_MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """The application, and its PIN; empty when the form came once more after a newer PIN."""

    application: Application
    pin: str


def applied_before(job: Job, submission: Submission) -> list[Application]:
    """Who may be the same person in this job: the same address, number or name, newest first.

    Without what this very form has brought already.
    """
    same = Q(name__iexact=submission.name)
    if submission.email:
        same |= Q(candidate__email=submission.email)
    if submission.phone:
        same |= Q(phone=submission.phone)
    own = _application_id(job, submission)
    found = Application.objects.for_page().filter(same, job=job).exclude(pk=own)
    return list(found.order_by("-applied_at", "-id")[:_MOST_ALIKE])


def take_in(
    job: Job,
    submission: Submission,
    *,
    by: Any,
    note: str = "",
    same_as: Application | None = None,
) -> Taken:
    """Receive what was said or handed over; `note` is for the team.

    `submission.id` is the form's own key: the same form sent fifty times is one application, one
    note and one PIN, and the form with another person in it is another. `same_as` is an earlier
    application of this person for the job: what is new is added to it. Raises CannotDo when the
    job is not open.
    """
    submission = replace(submission, id=_application_id(job, submission))
    with transaction.atomic():
        if same_as:
            same_as.lock()
        # So that it cannot close in between: a draft would have no number to hand out.
        if not job.lock().is_open:
            raise CannotDo(f"{job.title} takes no applications any more.")
        if same_as:
            _complete(same_as, submission)
        received = add_to(same_as, submission) if same_as else receive(job, submission)
        application = _application(received.reference)
        is_new = _note(application, submission, note, by)
        return Taken(application, issue_pin(application, key=submission.id, by=by, again=is_new))


def give_slip(application: Application, *, key: UUID, by: Any) -> None:
    """Record that the slip is with the applicant; once for each `key`."""
    with transaction.atomic():
        application.lock()
        if not Event.objects.filter(pk=key).exists():
            _record(key, application, "slip_given", by, {"source": application.source})


def _application_id(job: Job, submission: Submission) -> UUID:
    """The form's key together with job and person: somebody went back in the browser and typed the
    next one over the last."""
    typed = "\n".join((job.pk.hex, submission.name, submission.email, submission.phone))
    return uuid_of(submission.id, typed.encode())


def _application(reference: str) -> Application:
    key = Reference.objects.get(number=reference).application_key
    application: Application = Application.objects.for_page().get(pk=key)
    return application


def _note(application: Application, submission: Submission, note: str, by: Any) -> bool:
    """Record who took it in, once; says whether this call did."""
    key = uuid5(submission.id, "taken in")
    if Event.objects.filter(pk=key).exists():
        return False
    _record(key, application, "taken_in", by, {"source": submission.source, "text": note})
    return True


def _record(key: UUID, application: Application, kind: str, by: Any, data: dict[str, Any]) -> None:
    Event.objects.create(
        id=key, about_id=application.pk, kind=kind, by=str(by), actor_id=by.pk, data=data
    )


def _complete(application: Application, submission: Submission) -> None:
    """An address or a number that was not known before; known ones stay as they are."""
    gained = {
        field: given
        for field in ("email", "phone")
        if (given := getattr(submission, field)) and not getattr(application, field)
    }
    if not gained:
        return
    for field, value in gained.items():
        setattr(application, field, value)
    application.save(update_fields=list(gained))
    person = Candidate.objects.filter(pk=application.candidate_id)
    if phone := gained.get("phone"):
        person.filter(phone="").update(phone=phone)
    if (email := gained.get("email")) and not Candidate.objects.filter(email=email).exists():
        person.filter(email=None).update(email=email)

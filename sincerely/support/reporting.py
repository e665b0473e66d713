"""Somebody tells us what went wrong: by the code of an error page, or without one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Reference
from sincerely.kernel.ids import help_code
from sincerely.kernel.tenancy import employer_scope
from sincerely.kernel.text import some_lines
from sincerely.support.models.incident import Incident
from sincerely.support.models.trail import Kind, TrailStep

LONGEST_LETTER = 20_000
SAW = "\n\nWhat I saw:\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the form says. `id` is its own key, so that sent fifty times it is one report; `email`
    is lower-case; `reference` ten digits or empty; `did` and `saw` are in their own words."""

    id: UUID
    name: str
    email: str
    did: str
    saw: str = ""
    reference: str = ""

    @property
    def words(self) -> str:
        return f"{self.did}{SAW}{self.saw}" if self.saw else self.did


def gist(words: str | None) -> str:
    """Of what somebody reported, what they did."""
    return (words or "").partition(SAW)[0]


def report(code: str, given: Report) -> Incident:
    """Open the incident of this code, or find it, and promise an answer.

    Answers go to who asked first; what others add with the same code is kept on the trail. The
    same report sent again is answered by the incident that it opened.
    """
    try:
        return _told_before(given) or _take(code, given)
    except IntegrityError:
        if incident := _told_before(given):  # a double click
            return incident
        raise


def _told_before(given: Report) -> Incident | None:
    step = TrailStep.objects.filter(pk=given.id).select_related("incident").first()
    return step.incident if step else None


def _take(code: str, given: Report) -> Incident:
    with transaction.atomic():
        incident = Incident.objects.by_code(code)
        if incident is None:
            code = code or help_code()
            incident, _ = Incident.objects.get_or_create(code=code)
        incident.lock()
        if not incident.asked_at:
            incident.name, incident.email = given.name, given.email
        if given.reference and not incident.application_key:
            _connect(incident, given)
        incident.note(Kind.REPORTED, by=given.email, text=given.words, id=given.id)
        incident.ask()
    return incident


def hear_by_mail(incident: Incident, text: str, *, sender: str, expects_answer: bool) -> None:
    """An answer to a mail of support's. From the person's own address it asks again, unless it only
    says thanks; from another one it is kept."""
    with transaction.atomic():
        incident.lock()
        incident.note(Kind.WROTE, by=sender, text=some_lines(text)[:LONGEST_LETTER])
        if expects_answer and sender == incident.email:
            incident.ask()


def _connect(incident: Incident, given: Report) -> None:
    """To the application with this reference, when the address is the applicant's own."""
    number = Reference.objects.filter(number=given.reference).first()
    if number is None:
        return
    with employer_scope(number.employer_key):
        application = Application.objects.filter(pk=number.application_key).first()
        if application is None or application.email != given.email:
            return
        incident.employer = Employer.objects.get(pk=number.employer_key)
        incident.job_key, incident.application_key = application.job_id, application.pk

"""The demo's incidents: one that support still has time for, one that it left without an answer, a
failed try that nobody wrote about, and one that is solved."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Job
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.failures import Concern, Failed
from sincerely.kernel.ids import help_code, uuid7
from sincerely.outbox.models import Message
from sincerely.support.models import Incident
from sincerely.support.noting import note
from sincerely.support.reporting import Report, report

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
ASKED = "I opened my page in the train, wrote a question, and pressed “Ask now”. Twice."
TRIED = "I filled in everything, chose my resume, and pressed the button at the end."


def load_incidents(employer: Employer, operator: Any, arrive: Any) -> None:
    """What went wrong at this employer; `arrive(message, at)` lets mail of the past arrive."""
    if employer.slug == "st-brigid":
        with clock_at(clock.now() - 2 * HOUR):
            _ask_about_a_page(employer)
    elif employer.slug == "loud-and-clear":
        _leave_alone(employer)
    else:
        _fail_and_solve(employer, operator)
    with employer.scope():
        past = Message.objects.unsent().filter(kind__startswith="support_")
        for message in past.filter(created_at__lt=clock.now() - HOUR):
            arrive(message, message.created_at + dt.timedelta(minutes=1))


def _leave_alone(employer: Employer) -> None:
    with clock_at(clock.now() - 6 * DAY):
        incident = _try(employer, "Robin Achebe", "robin.achebe@applicants.example")
        _tell(incident, TRIED, "Something broke on our side.")
    with clock_at(clock.now() - DAY):
        incident.escalate()


def _fail_and_solve(employer: Employer, operator: Any) -> None:
    with clock_at(clock.now() - 5 * HOUR):
        _try(employer, "Alex Marsh", "alex.marsh@applicants.example")
    with clock_at(clock.now() - 9 * DAY):
        solved = _try(employer, "Nour Haddad", "nour.haddad@applicants.example")
        _tell(solved, TRIED, "We cannot store files just now.")
    with clock_at(clock.now() - 9 * DAY + 3 * HOUR):
        words = "A disk was full for ten minutes. It is mended: send the form again, and it counts."
        solved.reply(words, by=operator, solves=True)


def _ask_about_a_page(employer: Employer) -> None:
    with employer.scope():
        rows = Application.objects.for_page().open().filter(follow_ups=None)
        someone = rows.exclude(email__startswith="bounce").exclude(name="Jo Smith")
        application = someone.order_by("-applied_at")[2]
    known = _note(
        employer,
        application.job,
        "POST /a/<str:token>/follow-up/",
        application_id=application.pk,
        name=application.name,
        email=application.email,
    )
    _tell(known, ASKED, "Something broke on our side.")


def _try(employer: Employer, name: str, email: str) -> Incident:
    with employer.scope():
        job = Job.objects.published().order_by("opened_at").first()
    where = "POST /e/<slug:employer>/jobs/<slug:slug>/apply/"
    given: dict[str, Any] = {"application_id": uuid7(), "name": name, "email": email}
    return _note(employer, job, where, is_try=True, **given)


def _note(
    employer: Employer, job: Any, where: str, *, application_id: UUID, **concern: Any
) -> Incident:
    failed = Failed(
        code=help_code(),
        at=clock.now(),
        where=where,
        error="OSError",
        reason="[Errno 28] No space left on device",
        network="demo",
        concern=Concern(
            employer=employer.slug, job=job.slug, application_id=application_id, **concern
        ),
    )
    incident = note(failed)
    assert incident
    return incident


def _tell(incident: Incident, did: str, saw: str) -> None:
    said = {"name": incident.name, "email": incident.email, "did": did, "saw": saw}
    report(incident.code, Report(id=uuid7(), **said))
    incident.refresh_from_db()

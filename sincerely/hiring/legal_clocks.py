"""What the law asks of this employer: by when interviewed applicants hear the outcome, until when
the records are kept. The dates are the protocol's (`protocol/legal_clocks.py`); here are the rows.

An employer at whose place no such law holds pays no statement for any of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, DateField, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest, TruncDate

from sincerely.accounts.models import Employer
from sincerely.hiring.dates import local_day
from sincerely.hiring.models import Application, Interview, StageEntry
from sincerely.hiring.models.stage import InterviewKind
from sincerely.hiring.setup import setup_of
from sincerely.protocol.legal_clocks import LAWS, Deadline, Law, Place, keep_until, laws_at, tell_by

# Ontario's regulation leaves out the screening before applicants are chosen for an interview.
_COUNTS = InterviewKind.INTERVIEW


@dataclass(frozen=True, slots=True)
class Running:
    """How many in a job were interviewed and are open, and the first day that the law sets."""

    count: int
    first: Deadline


def place_of(employer: Employer) -> Place:
    return Place(employer.country, employer.subdivision, employer.employees)


def staff_of(employer: Employer) -> int:
    """As the protocol's facts have it: who does not say how many they are is bound by every law."""
    enough = max(law.employees for law in LAWS)
    return enough if employer.employees is None else employer.employees


def interviewed_on(application: Application) -> dt.date | None:
    """The day of the last interview; not asked for where no law speaks of it."""
    employer = application.employer
    if not runs_at(employer):
        return None
    return last_interviews(employer, [application.pk]).get(application.pk)


def laws_of(employer: Employer) -> tuple[Law, ...]:
    """The laws that bind an employer, for its settings."""
    return laws_at(place_of(employer))


def runs_at(employer: Employer) -> bool:
    """Whether a law sets a time in which interviewed applicants are told."""
    return any(law.duty == "tell" for law in laws_of(employer))


def told_by_law(application: Application) -> Deadline | None:
    """By when this applicant hears the outcome; None where no law says so, for who was not
    interviewed, and once they were told."""
    employer = application.employer
    if not runs_at(employer) or application.closures.filter(told_at__isnull=False).exists():
        return None
    day = interviewed_on(application)
    return tell_by(place_of(employer), day) if day else None


def deadlines(employer: Employer, application_ids: Iterable[UUID]) -> dict[UUID, Deadline]:
    """The deadlines of several open applications, in two statements."""
    ids = list(application_ids)
    if not ids or not runs_at(employer):
        return {}
    days = last_interviews(employer, ids).items()
    found = {key: tell_by(place_of(employer), day) for key, day in days}
    return {key: deadline for key, deadline in found.items() if deadline}


def running_in(job: Any) -> Running | None:
    """What runs in a job, by its open applications, in one statement."""
    employer = job.employer
    if not runs_at(employer):
        return None
    counted = interviewed(job.applications.open(), employer).aggregate(
        first=Min("interviewed_on"), count=Count("pk")
    )
    first = counted["first"] and tell_by(place_of(employer), counted["first"])
    return Running(counted["count"], first) if first else None


def interviewed(applications: Any, employer: Employer) -> Any:
    """Of these open applications, those who were interviewed since the law holds, each with
    `interviewed_on` (a day at the employer's place), first due first. None where no law holds."""
    laws = [law for law in laws_of(employer) if law.duty == "tell"]
    if not laws:
        return applications.annotate(interviewed_on=Value(None, DateField())).none()
    since = min(law.since for law in laws)
    came, held = _came_in(employer), _held()
    # Narrowed first: who was never interviewed needs no look at when.
    either = Q(pk__in=came.values("application_id")) | Q(pk__in=held.values("application_id"))
    met = applications.open().filter(either)
    here = OuterRef("pk")
    newest = Greatest(
        Subquery(came.filter(application=here).order_by("-when", "-id").values("when")[:1]),
        Subquery(held.filter(application=here).order_by("-when", "-id").values("when")[:1]),
    )
    on = TruncDate(newest, tzinfo=ZoneInfo(employer.time_zone))
    met = met.annotate(interviewed_on=on).filter(interviewed_on__gte=since)
    return met.order_by("interviewed_on", "id")


def deadline_after(employer: Employer, interviewed_on: dt.date) -> Deadline:
    """The deadline of one of those that `interviewed` found."""
    found = tell_by(place_of(employer), interviewed_on)
    if found is None:
        raise ValueError(f"No law of {employer} speaks of an interview on {interviewed_on}.")
    return found


def day_of_interview(employer: Employer, deadline_on: dt.date) -> dt.date:
    """Whose interview was on this day hears by `deadline_on`; the other way round of `tell_by`."""
    days = min((law.days for law in laws_of(employer) if law.duty == "tell"), default=0)
    return deadline_on - dt.timedelta(days=days)


def kept_until(
    employer: Employer, told_at: dt.datetime | None, posting_ended_at: dt.datetime | None
) -> dt.date | None:
    """The last day on which the records of an application have to be there; None while that is
    open, and where no law says it. Nothing in the product deletes them before (decision 45)."""
    told, ended = (at and local_day(at, employer) for at in (told_at, posting_ended_at))
    found = keep_until(place_of(employer), told or None, ended or None)
    return found.day if found else None


def last_interviews(employer: Employer, application_ids: Iterable[UUID]) -> Mapping[UUID, dt.date]:
    """Application → the day of its last interview."""
    ids = list(application_ids)
    found: dict[UUID, dt.date] = {}
    for rows in (_came_in(employer), _held()):
        newest = rows.filter(application__in=ids).order_by().values("application_id")
        for row in newest.annotate(newest=Max("when")):
            day = local_day(row["newest"], employer)
            found[row["application_id"]] = max(day, found.get(row["application_id"], day))
    return found


def _came_in(employer: Employer) -> Any:
    """Who came into a stage for interviews, as rows with `application` and `when`.

    For employers who agree on dates elsewhere: it is no later than the interview, so that the
    law's day is never shown too late.
    """
    stages = [each.pk for each in setup_of(employer).all_stages if each.kind == _COUNTS]
    return StageEntry.objects.filter(stage__in=stages).annotate(when=F("at"))


def _held() -> Any:
    """The interviews that were held, as rows with `application` and `when`."""
    return Interview.objects.held().filter(kind=_COUNTS).annotate(when=F("starts_at"))

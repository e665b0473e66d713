"""Where an incident happened: the employer, the job and the application it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from sincerely.hiring.models import Application, Job
from sincerely.support.models import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Names for a page, empty where nothing is known. `application` is None while it has not been
    received."""

    employer: str = ""
    job: str = ""
    application: Application | None = None

    @classmethod
    def of(cls, incident: Incident) -> Place:
        """Takes up to two statements."""
        if incident.employer is None:
            return cls()
        with incident.employer.scope():
            jobs = Job.objects.filter(pk=incident.job_key).values_list("title", flat=True)
            applications = Application.objects.filter(pk=incident.application_key)
            return cls(
                employer=incident.employer.name,
                job=(jobs.first() or "") if incident.job_key else "",
                application=applications.first() if incident.application_key else None,
            )


@contextmanager
def at_its_place(incident: Incident | None) -> Iterator[None]:
    """Times within are the employer's local ones."""
    employer = incident.employer if incident else None
    with timezone.override(ZoneInfo(employer.time_zone if employer else "UTC")):
        yield

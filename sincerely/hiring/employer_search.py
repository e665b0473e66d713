"""An employer by a name that somebody typed: which one is meant, and for which of its jobs.

Only employers in public life are found by name: those with a job that is open, paused or still
telling people. Where several fit, or a job has a contact policy of its own, there is a choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, Exists, OuterRef, When

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState
from sincerely.hiring.published_job import published_job
from sincerely.hiring.setup import setup_of
from sincerely.kernel.folding import fold
from sincerely.kernel.tenancy import across_employers

FEWEST_LETTERS = 3
"""With fewer typed, one fitting name alone proves nothing."""
MOST_OPTIONS = 8
MOST_TITLES = 3
NONE = "none"
"""The answer “another employer, which is not in the list”."""
_PUBLIC = (JobState.OPEN, JobState.PAUSED, JobState.CLOSING)
_AT = re.compile(r"(?P<employer>[-\w]{1,60})(?:(?P<any>/)(?P<job>[-\w]{1,80})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """An employer of this host and, where it is known, the job."""

    employer: Employer
    job: Job | None = None
    any_job: bool = False

    @property
    def at(self) -> str:
        """As an address carries it: `diner`, `diner/line-cook`, or `diner/` for any other job."""
        job = self.job.slug if self.job else ""
        return self.employer.slug + (f"/{job}" if job or self.any_job else "")


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer to “which one do you mean?”; `note` helps to recognise it."""

    at: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """Who is meant, or the options where that is not certain (`more` than are shown)."""

    place: Place | None = None
    options: tuple[Option, ...] = ()
    more: bool = False


NOWHERE = Located()


def locate(at: str, employer: str, job: str) -> Located:
    """By an address part of ours if there is one, else by the name that was typed.

    `job` is a title that was typed; it settles the question of the job where it fits one.
    """
    if place := _at(at):
        return _with_job(place, job)
    words = [word[:60] for word in fold(employer[:300]).split()[:8]]
    if at == NONE or not words:
        return NOWHERE
    found = _found(words)
    same = [one for one in found if one.folded_name.split() == words]
    certain = same or (found if sum(map(len, words)) >= FEWEST_LETTERS else [])
    if len(certain) == 1:
        return _with_job(Place(certain[0]), job)
    # Who types more than the name has (“Blue Spoon Diner Inc.”) is asked, never guessed at.
    found = found or (_found(words[:2]) if len(words) > 2 else [])
    return Located(
        options=tuple(map(_option, found[:MOST_OPTIONS])), more=len(found) > MOST_OPTIONS
    )


def _at(at: str) -> Place | None:
    parts = _AT.fullmatch(at)
    if parts is None or at == NONE:
        return None
    if parts["job"]:
        job = published_job(parts["employer"], parts["job"])
        return Place(job.employer, job) if job else _at(parts["employer"] + "/")
    employer = Employer.objects.filter(slug=parts["employer"]).first()
    return Place(employer, any_job=bool(parts["any"])) if employer else None


def _with_job(place: Place, title: str) -> Located:
    """A job with a policy of its own is asked for, unless it is known which one is meant."""
    policies = setup_of(place.employer).policies
    own = [job for job, rows in policies.items() if job and any(row.policy for row in rows)]
    if place.job or place.any_job or not own:
        return Located(place)
    with place.employer.scope():
        jobs = list(Job.objects.filter(pk__in=own, state__in=_PUBLIC).order_by("title", "id")[:20])
    for job in jobs:
        if fold(job.title) == fold(title):
            return Located(Place(place.employer, job))
    if not jobs:
        return Located(place)
    options = [Option(Place(place.employer, job).at, job.title, job.location) for job in jobs]
    return Located(place, (*options, Option(f"{place.employer.slug}/", "Another job")))


def _found(words: list[str]) -> list[Any]:
    """Employers in whose names each word begins one, the same name first; each with `titles`."""
    query = SearchQuery(
        " & ".join(f"'{word}':*" for word in words), config="simple", search_type="raw"
    )
    with across_employers():
        jobs = Job.objects.filter(employer=OuterRef("pk"))
        titles = jobs.filter(state=JobState.OPEN).order_by("title", "id").values("title")
        employers = (
            Employer.objects.annotate(words=SearchVector("folded_name", config="simple"))
            .filter(Exists(jobs.filter(state__in=_PUBLIC)), words=query)
            .annotate(titles=ArraySubquery(titles[:MOST_TITLES]))
            .order_by(Case(When(folded_name=" ".join(words), then=0), default=1), "name", "slug")
        )
        return list(employers[: MOST_OPTIONS + 1])


def _option(employer: Any) -> Option:
    return Option(employer.slug, employer.name, ", ".join(employer.titles))

"""The addresses that take applications by mail: one for each employer, one for each job.

`blue-spoon@jobs.example.org` and `blue-spoon+line-cook@jobs.example.org`. They carry no secret:
whoever writes to one does what whoever sends the public form does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState
from sincerely.kernel.folding import fold

LONGEST_LOCAL = 64  # RFC 5321, section 4.5.3.1.1
_SHORTEST_TAG = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail was sent to. `job` is None at the employer's own address, and where the address
    names no job that was ever published."""

    employer: Employer
    job: Job | None = None


def apply_address(employer: Employer, job: Job | None = None) -> str:
    """Empty while no applications are taken by mail."""
    if not settings.APPLY_DOMAIN:
        return ""
    tag = _tag(employer, job) if job else ""
    local = f"{employer.slug}+{tag}" if tag else employer.slug
    return f"{local}@{settings.APPLY_DOMAIN}"


def place_of(addresses: Iterable[str]) -> Place | None:
    """The first of the addresses that takes applications; None where there is none."""
    for address in addresses:
        local, _, domain = address.lower().rpartition("@")
        if settings.APPLY_DOMAIN and domain == settings.APPLY_DOMAIN:
            slug, _, tag = local.partition("+")
            if employer := Employer.objects.filter(slug=slug).first():
                return Place(employer, _job_with_tag(employer, tag) if tag else None)
    return None


def open_jobs(employer: Employer) -> list[Job]:
    """Those that somebody may apply for, as a list to choose from; within the employer's scope."""
    return list(Job.objects.published().defer("description").order_by("title", "id"))


def job_named_in(subject: str, jobs: Iterable[Job]) -> Job | None:
    """The one job whose title stands in a subject; of titles within each other the longest."""
    words = f" {fold(subject)} "
    named = [job for job in jobs if (title := fold(job.title)) and f" {title} " in words]
    longest = max((len(fold(job.title)) for job in named), default=0)
    named = [job for job in named if len(fold(job.title)) == longest]
    return named[0] if len(named) == 1 else None


def _tag(employer: Employer, job: Job) -> str:
    """The job's slug; where it does not fit, its beginning and some of its hash. Empty where that
    does not fit either."""
    room = LONGEST_LOCAL - len(employer.slug) - 1
    if len(job.slug) <= room:
        return job.slug
    if room < _SHORTEST_TAG:
        return ""
    return f"{job.slug[: room - 9]}-{hashlib.sha256(job.slug.encode()).hexdigest()[:8]}"


def _job_with_tag(employer: Employer, tag: str) -> Job | None:
    with employer.scope():
        jobs = Job.objects.exclude(state=JobState.DRAFT).select_related("employer", "recruiter")
        if job := jobs.filter(slug=tag).first():
            return job
        beginning, dash, _ = tag.rpartition("-")
        alike = jobs.filter(slug__startswith=beginning) if dash else jobs.none()
        return next((job for job in alike if _tag(employer, job) == tag), None)

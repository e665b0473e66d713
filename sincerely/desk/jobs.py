"""The list of jobs: how many applied, how many are new, how many wait too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from sincerely.accounts.models import Identity
from sincerely.desk.access import DeskRequest, desk_view, visible_jobs
from sincerely.desk.board import team_of
from sincerely.hiring.board import Counts, counts_of
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState

ON_A_PAGE = 25
ACTIVE = (JobState.OPEN, JobState.PAUSED, JobState.CLOSING, JobState.DRAFT)
SHOWN = {"": "All but closed", **dict(JobState.choices), "all": "All"}


@dataclass(frozen=True, slots=True)
class Row:
    job: Job
    counts: Counts
    team: list[str]


@desk_view()
def jobs(request: DeskRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "state", "owner")}
    found = _filtered(visible_jobs(request), asked).select_related("recruiter")
    page = Paginator(found.order_by("-created_at", "-id"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": _rows(request, list(page)),
        "asked": asked,
        "states": SHOWN.items(),
        "owners": _owners(request),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "desk/jobs/list.html", context)


def _filtered(jobs: Any, asked: dict[str, str]) -> Any:
    if asked["state"] in JobState.values:
        jobs = jobs.filter(state=asked["state"])
    elif asked["state"] != "all":
        jobs = jobs.filter(state__in=ACTIVE)
    if asked["q"]:
        jobs = jobs.filter(Q(title__icontains=asked["q"]) | Q(location__icontains=asked["q"]))
    if asked["owner"]:
        jobs = jobs.filter(recruiter__email__iexact=asked["owner"])
    return jobs


def _rows(request: DeskRequest, jobs: list[Job]) -> list[Row]:
    counts, team = counts_of(request.employer, jobs), team_of(jobs)
    return [Row(job, counts[job.pk], team.get(job.pk, [])) for job in jobs]


def _owners(request: DeskRequest) -> list[Identity]:
    """Who may own a job; a hiring manager sees too few jobs to need the choice."""
    if not request.membership.recruits:
        return []
    members = request.employer.memberships.select_related("identity").order_by("identity__name")
    return [member.identity for member in members if member.recruits]

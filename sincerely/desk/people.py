"""Everybody who applied, newest first, or found by a scrap as in the caller look-up."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.lookup import found
from sincerely.hiring.models import Candidate

PER_PAGE = 50
MOST_FOUND = 50
# Nobody turns two hundred pages; counting a million people takes longer than showing fifty.
MOST_LISTED = 10_000


@desk_view()
def people(request: DeskRequest) -> HttpResponse:
    scrap = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"scrap": scrap, "most": MOST_FOUND}
    if scrap:
        context["found"] = found(request, scrap, limit=MOST_FOUND)
    else:
        newest = _candidates(request)[:MOST_LISTED]
        page = Paginator(newest, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": _with_applications(request, list(page))}
        context["listed"] = MOST_LISTED if page.paginator.count == MOST_LISTED else None
    return render(request, "desk/people/page.html", context)


def _candidates(request: DeskRequest) -> Any:
    """Newest first: the ids are ordered by time, and the primary key is the index for it."""
    candidates = request.employer.candidates.order_by("-id")
    if request.membership.recruits:
        return candidates
    own = visible_applications(request).filter(candidate=OuterRef("pk"))
    return candidates.filter(Exists(own))


def _with_applications(request: DeskRequest, candidates: list[Candidate]) -> list[Any]:
    """Each person with the applications this member may see, in one statement."""
    applications = visible_applications(request).filter(
        candidate__in=[row.pk for row in candidates]
    )
    by_person = defaultdict(list)
    for application in applications.select_related("job", "stage").order_by("-applied_at"):
        by_person[application.candidate_id].append(application)
    return [(candidate, by_person[candidate.pk]) for candidate in candidates]

"""The caller look-up: rows for the dialog, and a page of its own without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_jobs
from sincerely.hiring.lookup import Found, look_up


@desk_view()
def lookup(request: DeskRequest) -> HttpResponse:
    """At most eight rows for `?q=`."""
    scrap = request.GET.get("q", "").strip()
    context = {"scrap": scrap, "found": found(request, scrap) if scrap else []}
    template = "desk/lookup/rows.html" if request.htmx else "desk/lookup/page.html"
    return render(request, template, context)


def found(request: DeskRequest, scrap: str, **options: Any) -> list[Found]:
    """Whom this member may find with a scrap."""
    jobs = None if request.membership.recruits else visible_jobs(request)
    return look_up(scrap, jobs=jobs, **options)

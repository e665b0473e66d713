"""The board of a job: stages as columns, and cards with clocks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.cards import cards_html
from sincerely.hiring.board import BadCursor, board_of, cards_after, search_board
from sincerely.hiring.legal_clocks import running_in
from sincerely.hiring.models import Closure, HiringTeamMember, Job, Stage
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

ENDED_ON_A_PAGE = 50


@desk_view()
def board(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    scrap = request.GET.get("q", "").strip()[:200]
    shown = search_board(job, scrap) if scrap else board_of(job)
    context = {
        "job": job,
        "board": shown,
        "columns": [(column, cards_html(request, job, column)) for column in shown.columns],
        "q": scrap,
        "by_law": running_in(job),
        "today": clock.today(request.employer.time_zone),
        "team": team_of([job]).get(job.pk, []),
    }
    return render(request, "desk/board/page.html", context)


@desk_view()
def column(request: DeskRequest, slug: str, stage_id: UUID) -> HttpResponse:
    """The next cards of one column; for htmx the cards alone, else a page of them."""
    job = job_or_404(request, slug)
    try:
        stage = setup_of(request.employer).stage(stage_id)
        cards = cards_after(job, stage, request.GET.get("after", ""))
    except (Stage.DoesNotExist, BadCursor) as error:
        raise Http404 from error
    html = cards_html(request, job, cards, focus_first=True)
    if request.htmx:
        return HttpResponse(html)
    context = {"job": job, "column": cards, "cards": html}
    return render(request, "desk/board/column_page.html", context)


@desk_view()
def ended(request: DeskRequest, slug: str) -> HttpResponse:
    """Those whose application for this job has ended, the newest end first."""
    job = job_or_404(request, slug)
    ends = Closure.objects.filter(application__job=job).order_by("-at", "-id")
    pages = Paginator(ends.select_related("application"), ENDED_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "desk/board/ended.html", {"job": job, "page": page})


def team_of(jobs: list[Job]) -> dict[Any, list[str]]:
    """The names of who decides on each job, in one statement."""
    names: dict[Any, list[str]] = {}
    members = HiringTeamMember.objects.filter(job__in=jobs).select_related("identity")
    for member in members.order_by("id"):
        names.setdefault(member.job_id, []).append(str(member.identity))
    return names

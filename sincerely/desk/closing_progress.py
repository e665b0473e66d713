"""How far the end of a job is: who was told, who is being told, and who waits for a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.hiring import debts
from sincerely.hiring.closing import left_out
from sincerely.hiring.models import Application, Job
from sincerely.hiring.models.job import JobState
from sincerely.kernel import clock

STOP_POLLING = 286  # htmx: swap, and ask no more
MOST_TO_CALL = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """Of `total` in a job: `told` know, `otherwise` of them without an e-mail (a call, or their own
    withdrawal); `unreached` need a person; `open` have no end as yet."""

    total: int
    open: int
    told: int
    otherwise: int
    unreached: int
    held_until: dt.datetime | None

    @property
    def by_mail(self) -> int:
        return self.told - self.otherwise

    @property
    def on_their_way(self) -> int:
        return self.total - self.open - self.told - self.unreached

    @property
    def is_done(self) -> bool:
        return self.told == self.total


@desk_view(recruits=True)
def progress(request: DeskRequest, slug: str) -> HttpResponse:
    """“17 of 40 told”, asked for every second; 286 ends it."""
    job = job_or_404(request, slug)
    context = _context(job)
    status = 200 if context["is_moving"] else STOP_POLLING
    return render(request, "desk/closing/progress.html", context, status=status)


def progress_page(request: DeskRequest, job: Job) -> HttpResponse:
    if request.method == "POST":
        # The last of them was told in a call: nothing else would notice.
        job.close_if_all_told()
        return redirect("desk:job_closing", employer=request.employer.slug, slug=job.slug)
    return render(request, "desk/closing/closing.html", _context(job))


def progress_of(job: Job) -> Progress:
    """In two statements."""
    everybody: Any = job.applications
    counted = everybody.aggregate(
        total=Count("*"),
        open=Count("pk", filter=Q(ended_at=None)),
        told=Count("closures__told_at"),
        by_mail=Count("closures__told_at", filter=Q(closures__told_how__startswith="by e-mail")),
        until=Max("closures__shown_at", filter=Q(closures__told_at=None)),
    )
    return Progress(
        total=counted["total"],
        open=counted["open"],
        told=counted["told"],
        otherwise=counted["told"] - counted["by_mail"],
        unreached=_unreached(job).count(),
        held_until=counted["until"],
    )


def _unreached(job: Job) -> Any:
    return debts.untold(Application.objects.filter(job=job))


def _context(job: Job) -> dict[str, Any]:
    reached = progress_of(job)
    # While more than a few are open, the others are still being ended.
    left = left_out(job) if 0 < reached.open <= MOST_TO_CALL else []
    follow = reached.open - len(left)
    return {
        "job": job,
        "progress": reached,
        "to_call": list(_unreached(job)[:MOST_TO_CALL]) if reached.unreached else [],
        "left": left,
        "follow": follow,
        "is_held": bool(reached.held_until and reached.held_until > clock.now()),
        "is_moving": job.state == JobState.CLOSING and bool(follow or reached.on_their_way),
    }

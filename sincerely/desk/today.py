"""Today: whom this member owes a word. One list; one row is one debt to one person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications, visible_jobs
from sincerely.desk.debt_rows import Chain, Rows, Source
from sincerely.hiring import debts
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

PER_GROUP = 25
PER_PAGE = 50
WEEK = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the list, with the part of its rows that is shown."""

    name: str
    title: str
    count: int
    page: Page

    @property
    def has_more(self) -> bool:
        return self.page.paginator.num_pages > 1


@desk_view()
def today(request: DeskRequest) -> HttpResponse:
    """All three groups, or one of them page by page with `?group=`."""
    owed = _recruiters_debts(request) if request.membership.recruits else _managers_debts(request)
    chosen = request.GET.get("group")
    only = chosen if chosen in owed else ""
    groups = [
        _group(request, name, rows, alone=bool(only))
        for name, rows in owed.items()
        if only in {"", name}
    ]
    counts = {name: len(rows) for name, rows in owed.items()}
    context = {
        "groups": groups,
        "only": only,
        "total": sum(counts.values()),
        "overdue": counts["overdue"],
        "mine": _wants_mine(request),
        "until": _day(request) + WEEK,
    }
    if not request.membership.recruits:
        context["unread"] = _not_yet_handed_over(request)
    elif not context["total"]:
        month = clock.now() - dt.timedelta(days=30)
        context["kept"] = debts.promises_kept(visible_applications(request), since=month)
    return render(request, "desk/today.html", context)


TITLES = {"overdue": "Overdue", "today": "Today", "week": "This week", "later": "Later"}


def _group(request: DeskRequest, name: str, rows: Chain, *, alone: bool) -> Group:
    paginator = Paginator(rows, PER_PAGE if alone else PER_GROUP)
    page = paginator.get_page(request.GET.get("page") if alone else 1)
    return Group(name, TITLES[name], len(rows), page)


def _recruiters_debts(request: DeskRequest) -> dict[str, Chain]:
    """Promises that are due, failed messages, untold ends, questions of hiring managers, and
    applications that came too late."""
    applications, jobs = visible_applications(request), visible_jobs(request)
    if _wants_mine(request):
        jobs = jobs.filter(recruiter=request.user)
        applications = applications.of_jobs(jobs)
    day, rows = _day(request), Rows(request, _day(request))
    due = _due(applications, day, rows.due)
    unreached, untold = debts.unreached(applications), debts.untold(applications)
    to_discuss = debts.to_discuss(applications)
    drafts = debts.late_drafts(jobs).select_related("job")
    return {
        "overdue": Chain(
            Source(_shown(untold), rows.untold, untold.count()),
            Source(_shown(unreached), rows.unreached, unreached.count()),
            due["overdue"],
        ),
        "today": Chain(
            due["today"],
            Source(_shown(to_discuss), rows.to_discuss, to_discuss.count()),
            Source(drafts, rows.late_drafts, drafts.count()),
        ),
        "week": Chain(due["week"]),
    }


def _managers_debts(request: DeskRequest) -> dict[str, Chain]:
    """Applications in the manager's jobs that wait for a word."""
    waiting = debts.awaiting_word(
        visible_applications(request), request.user, first_stage=_first_stage(request)
    )
    day = _day(request)
    spans = _due(waiting, day, Rows(request, day).to_read)
    return {name: Chain(span) for name, span in spans.items()}


def _due(applications: Any, day: dt.date, as_rows: Any) -> dict[str, Source]:
    """What was due before this day, on it, within the week, and later; counted together."""
    one = dt.timedelta(days=1)
    spans = {
        "overdue": (dt.date.min, day - one),
        "today": (day, day),
        "week": (day + one, day + WEEK),
        "later": (day + WEEK + one, dt.date.max),
    }
    counts = applications.open().aggregate(
        **{name: Count("pk", filter=Q(due_on__range=span)) for name, span in spans.items()}
    )
    return {
        name: Source(_shown(debts.due(applications, first=first, last=last)), as_rows, counts[name])
        for name, (first, last) in spans.items()
    }


def _shown(applications: Any) -> Any:
    return applications.select_related("job__recruiter", "stage")


def _not_yet_handed_over(request: DeskRequest) -> int:
    """How many in the manager's jobs are still with the recruiter, in the first stage."""
    return visible_applications(request).open().filter(stage=_first_stage(request)).count()


def _first_stage(request: DeskRequest) -> Any:
    return setup_of(request.employer).stages[0].pk


def _wants_mine(request: DeskRequest) -> bool:
    return request.GET.get("whose") == "mine"


def _day(request: DeskRequest) -> dt.date:
    return clock.today(request.employer.time_zone)

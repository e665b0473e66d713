"""Today: whom this member owes a word. One list; one row is one debt to one person."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.day_groups import WEEK, groups_context, wants_mine
from sincerely.desk.debt_sources import Debts, first_stage
from sincerely.hiring import debts
from sincerely.kernel import clock


@desk_view()
def today(request: DeskRequest) -> HttpResponse:
    """All groups, or one of them page by page with `?group=`."""
    owed = Debts(request)
    context = groups_context(owed.by_group(), request.GET) | {
        "mine": wants_mine(request.GET),
        "until": owed.day + WEEK,
    }
    if not request.membership.recruits:
        context["unread"] = _not_yet_handed_over(request)
    elif not context["total"]:
        month = clock.now() - dt.timedelta(days=30)
        context["kept"] = debts.promises_kept(visible_applications(request), since=month)
    return render(request, "desk/today.html", context)


def _not_yet_handed_over(request: DeskRequest) -> int:
    """How many in the manager's jobs are still with the recruiter, in the first stage."""
    return visible_applications(request).open().filter(stage=first_stage(request)).count()

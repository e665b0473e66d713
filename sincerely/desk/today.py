"""Today: whom this member owes a word. One list; one row is one debt to one person.

An open page asks every 20 seconds whether it is still true (`?seen=`, what it shows in one word)
and hears nothing where it is; else it gets the list anew, and says so without moving a row
(js/live-list.js).
"""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.day_groups import WEEK, Group, groups_context, wants_mine
from sincerely.desk.debt_sources import Debts, first_stage
from sincerely.hiring import debts
from sincerely.kernel import clock


@desk_view()
def today(request: DeskRequest) -> HttpResponse:
    """All groups, or one of them page by page with `?group=`."""
    context = today_context(request)
    if not (request.htmx and "seen" in request.GET):
        return render(request, "desk/today.html", context)
    if request.GET["seen"] == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "desk/today/list.html", context)


def today_context(request: DeskRequest) -> dict[str, Any]:
    owed = Debts(request)
    context = groups_context(owed.by_group(), request.GET) | {
        "mine": wants_mine(request.GET),
        "until": owed.day + WEEK,
        "put_aside": owed.hidden,
    }
    context["seen"] = _seen(context["groups"], context["total"], owed.hidden)
    if not request.membership.recruits:
        context["unread"] = _not_yet_handed_over(request)
    elif not context["total"]:
        context |= _all_kept(request)
    return context


def _seen(groups: list[Group], *counts: int) -> str:
    """What the list shows, in one word: each count, and each row in its place."""
    said: list[Any] = [counts]
    for group in groups:
        rows = [(row.key, row.what, row.when, row.day, row.note) for row in group.page]
        said += [group.name, group.count, rows]
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


def _all_kept(request: DeskRequest) -> dict[str, Any]:
    """What is worth reading when nothing is owed: what was kept, and who hears next."""
    applications, month = visible_applications(request), clock.now() - dt.timedelta(days=30)
    return {
        "kept": debts.promises_kept(applications, since=month),
        "next": debts.due(applications).first(),
    }


def _not_yet_handed_over(request: DeskRequest) -> int:
    """How many in the manager's jobs are still with the recruiter, in the first stage."""
    return visible_applications(request).open().filter(stage=first_stage(request)).count()

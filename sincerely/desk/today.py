"""Today: whom this member owes a word. One list; one row is one debt to one person.

An open page asks every 20 seconds whether it is still true (`?seen=`: the pulse of the employer,
and what the page shows, in a word each) and hears nothing where it is; else it gets the list anew,
and says so without moving a row (js/live-list.js).
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
from sincerely.hiring.pulse import pulse
from sincerely.kernel import clock


@desk_view()
def today(request: DeskRequest) -> HttpResponse:
    """All groups, or one of them page by page with `?group=`."""
    if not (request.htmx and "seen" in request.GET):
        return render(request, "desk/today.html", today_context(request))
    return _since(request, *request.GET["seen"].partition(".")[::2])


def _since(request: DeskRequest, beat: str, shown: str) -> HttpResponse:
    """The list, if it is another one than what is shown. Where nothing at all happened, and that is
    almost always, one statement says so."""
    now = pulse(request.employer, request.user.pk)
    if now == beat:
        return HttpResponse(status=204)
    context = today_context(request, now)
    if context["seen"] == f"{now}.{shown}":
        return HttpResponse(status=204, headers={"Seen": context["seen"]})
    return render(request, "desk/today/list.html", context)


def today_context(request: DeskRequest, beat: str = "") -> dict[str, Any]:
    """`beat` is the pulse that was felt before anything was read."""
    beat = beat or pulse(request.employer, request.user.pk)
    owed = Debts(request)
    context = groups_context(owed.by_group(), request.GET) | {
        "mine": wants_mine(request.GET),
        "until": owed.day + WEEK,
        "put_aside": owed.hidden,
    }
    shown = _shown(context["groups"], context["total"], owed.hidden)
    context["seen"] = f"{beat}.{shown}"
    if not request.membership.recruits:
        context["unread"] = _not_yet_handed_over(request)
    elif not context["total"]:
        context |= _all_kept(request)
    return context


def _shown(groups: list[Group], *counts: int) -> str:
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

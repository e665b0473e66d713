"""The inbox of follow-ups that need a person, as a list and one after the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sincerely.desk.access import DeskRequest, desk_view, visible_jobs
from sincerely.desk.day_groups import WEEK, Chain, by_day, groups_context, wants_mine
from sincerely.desk.event_words import Line, lines
from sincerely.desk.follow_up_box import box_context, fresh_form
from sincerely.desk.follow_up_rows import Asked, asked_rows
from sincerely.desk.follow_up_words import shortened
from sincerely.desk.visibility import visible_events
from sincerely.hiring import debts
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application, FollowUp
from sincerely.hiring.status import status_of
from sincerely.kernel import clock


def follow_up_or_404(request: DeskRequest, follow_up_id: UUID) -> FollowUp:
    """With the rows that a page about it shows."""
    rows: Any = request.employer.follow_ups  # type: ignore[attr-defined]
    return get_object_or_404(rows.for_page(), pk=follow_up_id)


@desk_view(recruits=True)
def inbox(request: DeskRequest) -> HttpResponse:
    """All groups, or one of them page by page with `?group=`."""
    return render(request, "desk/follow_ups/inbox.html", inbox_context(request))


def inbox_context(request: DeskRequest) -> dict[str, Any]:
    """The list as the request's `group`, `page` and `whose` ask for it."""
    day = clock.today(request.employer.time_zone)

    def as_rows(follow_ups: list[FollowUp]) -> list[Asked]:
        return asked_rows(follow_ups, day)

    waiting = _waiting(request).select_related("application__job__recruiter", "application__stage")
    owed = by_day(waiting, "answer_by", day, as_rows)
    context = groups_context({name: Chain(source) for name, source in owed.items()}, request.GET)
    context |= {"mine": wants_mine(request.GET), "until": day + WEEK}
    if not context["total"]:
        context["replies"] = debts.replies_since(_midnight())
    return context


# ── focus: one after the other ───────────────────────────────────────────────────────────────────


@desk_view(recruits=True)
def focus(request: DeskRequest) -> HttpResponse:
    """The first one, the one `at`, or the one `after` a place in the list; htmx is given the next
    one alone. `n` counts those that were shown."""
    waiting, cursor = _waiting(request), _cursor(request)
    rest = waiting.filter(_from(*cursor)) if cursor else waiting
    shown = rest.for_page().first()
    context = _item(request, waiting, rest, shown) if shown else _end(request, waiting)
    where = "focus_next" if request.htmx else "focus"
    return render(request, f"desk/follow_ups/{where}.html", context)


def _item(request: DeskRequest, waiting: Any, rest: Any, shown: FollowUp) -> dict[str, Any]:
    left = rest.count()
    counted = request.GET.get("n", "")
    number = int(counted) if counted.isdecimal() and len(counted) < 6 else 0
    number = number or waiting.count() - left + 1
    return one_context(request, shown) | {
        "number": number,
        "total": number + left - 1,
        "place": "focus",
        "after": f"{shown.answer_by}_{shown.pk}",
        "mine": wants_mine(request.GET),
    }


def _end(request: DeskRequest, waiting: Any) -> dict[str, Any]:
    return {
        "left": waiting.count(),
        "replies": debts.replies_since(_midnight()),
        "mine": wants_mine(request.GET),
    }


def one_context(request: DeskRequest, follow_up: FollowUp) -> dict[str, Any]:
    """A follow-up with the facts that its answer needs, and the box to answer it in."""
    application = follow_up.application
    status = status_of(application)
    (row,) = asked_rows([follow_up], clock.today(request.employer.time_zone))
    return box_context(request, follow_up, fresh_form(follow_up), status) | {
        "row": row,
        "held": held_decision(application),
        "advice": contact_advice(application).for_recruiter,
        "lines": _last_events(request, application),
    }


def _last_events(request: DeskRequest, application: Application) -> list[Line]:
    """The last three; what the applicant wrote stands on the page already."""
    events = visible_events(request, application).exclude(kind__in=("follow_up", "wrote_again"))
    return [replace(each, detail=shortened(each.detail, 160)) for each in lines(events[:3])]


def _cursor(request: DeskRequest) -> tuple[dt.date, UUID, bool] | None:
    """The place in the list to go on from, and whether what stands there is meant, too."""
    asked = request.GET
    try:
        if "at" in asked:
            row = _waiting(request).filter(pk=UUID(asked["at"])).first()
            return (row.answer_by, row.pk, True) if row else None
        day, _, key = asked.get("after", "").partition("_")
        return dt.date.fromisoformat(day), UUID(key), False
    except ValueError:
        return None


def _from(day: dt.date, key: UUID, itself: bool) -> Q:
    beyond = Q(pk__gte=key) if itself else Q(pk__gt=key)
    return Q(answer_by__gt=day) | (Q(answer_by=day) & beyond)


# ── what both ask for ────────────────────────────────────────────────────────────────────────────


def _waiting(request: DeskRequest) -> Any:
    """What waits for a person: in all jobs, or in this recruiter's own."""
    jobs = visible_jobs(request)
    return debts.to_answer(jobs.filter(recruiter=request.user) if wants_mine(request.GET) else jobs)


def _midnight() -> dt.datetime:
    """The beginning of today, at the employer's place."""
    return timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)

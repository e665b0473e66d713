"""The next interviews of an employer, by day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.interview_lines import Line, lines
from sincerely.hiring.dates import day_begins
from sincerely.hiring.models import Interview
from sincerely.kernel import clock

PER_PAGE = 50


@desk_view()
def interviews(request: DeskRequest) -> HttpResponse:
    """Those with a date, from this morning on, then those that wait for a pick. A hiring manager
    sees those for their own jobs."""
    applications = visible_applications(request).open()
    going_on = Interview.objects.going_on().filter(application__in=applications)
    today = clock.today(request.employer.time_zone)
    ahead = going_on.exclude(starts_at__lt=day_begins(today, request.employer))
    rows = ahead.for_page().prefetch_related("notices", "cancellations")
    ordered = rows.order_by(F("starts_at").asc(nulls_last=True), "pick_by", "id")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": _by_day(lines(page), today), "today": today}
    return render(request, "desk/interviews/list.html", context)


def _by_day(shown: list[Line], today: dt.date) -> list[dict[str, Any]]:
    """In the order given; None is the day of those that wait for a pick."""
    return [
        {"day": day, "lines": list(group), "is_today": day == today}
        for day, group in groupby(shown, key=_day)
    ]


def _day(line: Line) -> dt.date | None:
    return line.span.begins.date() if line.span else None

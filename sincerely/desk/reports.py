"""The reports: one sentence first, then each figure with its chart, its table and its file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.period import LENGTHS, Asked, asked_for
from sincerely.desk.report_figures import FIGURES, summary
from sincerely.hiring.figures import Figures
from sincerely.kernel.csv_rows import csv_lines


@desk_view(recruits=True)
def reports(request: DeskRequest) -> HttpResponse:
    asked = asked_for(request)
    of = _figures(request, asked)
    context = {
        "asked": asked,
        "lengths": LENGTHS,
        "jobs": request.employer.jobs.order_by("title").only("slug", "title"),  # type: ignore[attr-defined]
        "summary": summary(of),
        "figures": [make(of) for make in FIGURES.values()],
        "is_empty": _is_empty(of),
    }
    return render(request, "desk/reports/page.html", context)


@desk_view(recruits=True)
def figure_csv(request: DeskRequest, figure: str) -> HttpResponse:
    """The table behind one figure."""
    asked = asked_for(request)
    if figure not in FIGURES or asked.fault:
        raise Http404
    header, rows = FIGURES[figure](_figures(request, asked)).table
    response = HttpResponse(
        "".join(csv_lines(header, rows)), content_type="text/csv; charset=utf-8"
    )
    name = f"{figure}-{asked.period.name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_empty(of: Figures) -> bool:
    owed = of.owed()
    return not (of.answers().applications or of.promises().steps or owed.untold or owed.late)


def _figures(request: DeskRequest, asked: Asked) -> Figures:
    return Figures(request.employer, asked.period, asked.job)

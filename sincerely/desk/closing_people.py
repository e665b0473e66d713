"""The people in one stage of a job that is to close: a line for each, and what each will read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.hiring import closing as close_outs
from sincerely.hiring.models import Application, Job, Stage
from sincerely.hiring.models.job import JobState
from sincerely.hiring.offers import holding_another
from sincerely.hiring.setup import setup_of

PER_PAGE = 25


class LinesForm(forms.Form):
    """A personal line for each of some applications, in a field named by the reference."""

    use_required_attribute = False

    def __init__(self, applications: list[Application], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in applications:
            self.fields[f"line-{each.reference}"] = forms.CharField(
                required=False,
                max_length=1_000,
                label=f"A line for {each.name}",
                widget=forms.Textarea({"rows": 2}),
                error_messages={
                    "max_length": "This has %(show_value)d characters; %(limit_value)d fit."
                },
            )

    def line(self, application: Application) -> str:
        """What stands in the field now."""
        return str(self[f"line-{application.reference}"].value() or "")


@desk_view(recruits=True)
def people(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    if job.state in (JobState.CLOSING, JobState.CLOSED):
        return redirect("desk:job_closing", employer=request.employer.slug, slug=slug)
    stage = _stage(job, request.GET.get("stage", ""))
    pages = Paginator(close_outs.in_stage(job, stage), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = list(page)
    lines = close_outs.lines_of(shown)
    initial = {f"line-{each.reference}": lines.get(each.pk, "") for each in shown}
    form = LinesForm(shown, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = {each: form.line(each) for each in shown if _was_sent(request, form, each)}
        close_outs.write_lines(changed, by=request.user)
        if not request.htmx:
            messages.success(request, "The lines are saved.")
            return redirect(request.get_full_path())
    context = {"job": job, "stage": stage, "page": page, "rows": _rows(job, form, shown)}
    return render(request, "desk/closing/people.html", context)


def _was_sent(request: DeskRequest, form: LinesForm, application: Application) -> bool:
    """Whoever came onto this page meanwhile was not in the form, and keeps their line."""
    name = f"line-{application.reference}"
    return name in request.POST and name in form.changed_data


def _stage(job: Job, wanted: str) -> Stage:
    try:
        return setup_of(job.employer).stage(UUID(wanted))
    except (ValueError, Stage.DoesNotExist) as error:
        raise Http404 from error


def _rows(job: Job, form: LinesForm, applications: list[Application]) -> list[dict[str, Any]]:
    written, offers = close_outs.close_out_of(job), holding_another(applications)
    return [
        {
            "application": each,
            "field": form[f"line-{each.reference}"],
            "offer": offers.get(each.pk),
            "read": close_outs.as_read(each, written, form.line(each)),
        }
        for each in applications
    ]

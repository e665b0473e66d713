"""Closing a job, filled or cancelled: everyone in it is told, with a message seen before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.hiring import debts, wording
from sincerely.hiring.board import column_heads
from sincerely.hiring.closing import close_out
from sincerely.hiring.compose import compose
from sincerely.hiring.models import Application, CannotDo, Closure, Job, Reason
from sincerely.hiring.models.job import JobState
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import UnknownPlaceholder, Wording, require_known_placeholders
from sincerely.kernel import clock

STOP_POLLING = 286  # htmx: swap, and ask no more
REASONS = (
    (Reason.JOB_FILLED, "The job is filled"),
    (Reason.JOB_CANCELLED, "The job is cancelled"),
)
MOST_TO_CALL = 50


class ClosingForm(forms.Form):
    use_required_attribute = False
    reason = forms.ChoiceField(label="Why?", choices=REASONS, widget=forms.RadioSelect)
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(max_length=10_000, label="Text", widget=forms.Textarea({"rows": 11}))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("subject", "text"):
            try:
                require_known_placeholders(given.get(name, ""))
            except UnknownPlaceholder as error:
                self.add_error(name, str(error))
        return given


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are in a job, how many of them have an end, and how many were told of it."""

    total: int
    ended: int
    told: int
    held_until: dt.datetime | None

    @property
    def is_done(self) -> bool:
        return self.told == self.total


@desk_view(recruits=True)
def closing(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    if job.state in (JobState.CLOSING, JobState.CLOSED):
        return _progress_page(request, job)
    form = ClosingForm(request.POST if request.method == "POST" else None, initial=_default(job))
    if form.is_valid():
        return _close(request, job, form.cleaned_data)
    return render(request, "desk/closing/page.html", _context(request, job, form))


@desk_view(recruits=True)
def preview(request: DeskRequest, slug: str) -> HttpResponse:
    """The text, and how one of them would read it. Another reason brings its own text, unless
    somebody wrote one by hand."""
    job = job_or_404(request, slug)
    if request.method != "POST":
        return redirect("desk:job_closing", employer=request.employer.slug, slug=slug)
    reason = _reason(request.POST.get("reason", ""))
    words = Wording(request.POST.get("subject", ""), request.POST.get("text", "").replace("\r", ""))
    if any(words == _template(job, other) for other, _ in REASONS):
        words = _template(job, reason)
    initial = {"reason": reason, "subject": words.subject, "text": words.body}
    form = ClosingForm(initial=initial)
    return render(request, "desk/closing/words.html", _context(request, job, form))


@desk_view(recruits=True)
def progress(request: DeskRequest, slug: str) -> HttpResponse:
    """“17 of 40 told”, asked for every second; 286 ends it."""
    job = job_or_404(request, slug)
    context = _progress_context(job)
    if context["is_moving"]:
        return render(request, "desk/closing/progress.html", context)
    return render(request, "desk/closing/progress.html", context, status=STOP_POLLING)


def progress_of(job: Job) -> Progress:
    applications = job.applications.aggregate(total=Count("*"), ended=Count("ended_at"))  # type: ignore[attr-defined]
    closures = Closure.objects.filter(application__job=job)
    told = closures.aggregate(told=Count("told_at"), until=Max("shown_at"))
    return Progress(
        total=applications["total"],
        ended=applications["ended"],
        told=told["told"],
        held_until=told["until"],
    )


# ── before ───────────────────────────────────────────────────────────────────────────────────────


def _close(request: DeskRequest, job: Job, given: dict[str, Any]) -> HttpResponse:
    message = Wording(given["subject"], given["text"])
    try:
        close_out(job, Reason(given["reason"]), by=request.user, message=message)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:job_closing", employer=request.employer.slug, slug=job.slug)


def _reason(value: str) -> Reason:
    return Reason.JOB_CANCELLED if value == Reason.JOB_CANCELLED else Reason.JOB_FILLED


def _template(job: Job, reason: Reason) -> Wording:
    own = setup_of(job.employer).templates.get(str(reason))
    return Wording(own.subject, own.body) if own else wording.DEFAULTS[str(reason)]


def _default(job: Job) -> dict[str, str]:
    words = _template(job, Reason.JOB_FILLED)
    return {"reason": Reason.JOB_FILLED, "subject": words.subject, "text": words.body}


def _context(request: DeskRequest, job: Job, form: ClosingForm) -> dict[str, Any]:
    heads = column_heads(job, setup_of(request.employer).stages)
    example = job.applications.open().for_page().order_by("due_on", "id").first()  # type: ignore[attr-defined]
    words = Wording(form["subject"].value() or "", form["text"].value() or "")
    return {
        "job": job,
        "form": form,
        "open": sum(head.total for head in heads),
        "last": heads[-1] if heads and heads[-1].total else None,
        "example": example,
        "shown": compose(example, str(Reason.JOB_FILLED), written=words) if example else None,
        "until": clock.now() + request.employer.undo_window,
        "placeholders": wording.PLACEHOLDERS,
    }


# ── while it closes, and after ───────────────────────────────────────────────────────────────────


def _progress_page(request: DeskRequest, job: Job) -> HttpResponse:
    if request.method == "POST":
        # The last of them was told in a call: nothing else would notice.
        job.close_if_all_told()
        return redirect("desk:job_closing", employer=request.employer.slug, slug=job.slug)
    return render(request, "desk/closing/closing.html", _progress_context(job))


def _progress_context(job: Job) -> dict[str, Any]:
    reached = progress_of(job)
    to_call = debts.untold(Application.objects.filter(job=job)) if not reached.is_done else []
    return {
        "job": job,
        "progress": reached,
        "to_call": list(to_call[:MOST_TO_CALL]),
        "is_held": bool(reached.held_until and reached.held_until > clock.now()),
        "is_moving": job.state == JobState.CLOSING and not reached.is_done,
    }

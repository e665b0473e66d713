"""Closing a job, filled or cancelled: everyone in it is told, with a message seen before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.closing_progress import progress_page
from sincerely.hiring import closing as close_outs
from sincerely.hiring.board import Column
from sincerely.hiring.closing import REASONS, Group
from sincerely.hiring.models import CannotDo, CloseOut, Closure, Job, Reason
from sincerely.hiring.models.job import JobState
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import (
    UnknownPlaceholder,
    Wording,
    placeholders,
    require_known_placeholders,
)

LABELS = {Reason.JOB_FILLED: "The job is filled", Reason.JOB_CANCELLED: "The job is cancelled"}


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label="Why?", choices=[(each, LABELS[each]) for each in REASONS], widget=forms.RadioSelect
    )


class WordsForm(forms.Form):
    """What the people in one stage read; its fields begin with the stage's id."""

    use_required_attribute = False
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(max_length=10_000, label="Text", widget=forms.Textarea({"rows": 11}))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("subject", "text"):
            try:
                require_known_placeholders(given.get(name, ""), Reason.JOB_FILLED)
            except UnknownPlaceholder as error:
                self.add_error(name, str(error))
        return given

    @property
    def wording(self) -> Wording:
        given = self.cleaned_data
        return Wording(given["subject"], given["text"].replace("\r\n", "\n"))


@dataclass(frozen=True, slots=True)
class Section:
    """One stage on the page: its people, the form of their message, and how one would read it."""

    group: Group
    form: WordsForm
    shown: Wording | None


@desk_view(recruits=True)
def closing(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    if job.state in (JobState.CLOSING, JobState.CLOSED):
        return progress_page(request, job)
    written = close_outs.close_out_of(job)
    if request.method != "POST":
        return _page(request, job, ReasonForm(initial={"reason": written.reason}), written)
    form = ReasonForm(request.POST)
    words = _posted_words(request, job, written)
    if not form.is_valid() or not all(each.is_valid() for each in words.values()):
        return _page(request, job, form, written, words)
    written = _write(request, job, form, words)
    if stage := request.POST.get("then"):
        people = reverse("desk:job_closing_people", args=[request.employer.slug, slug])
        return redirect(f"{people}?stage={stage}")
    return _close(request, job)


@desk_view(recruits=True)
def preview(request: DeskRequest, slug: str) -> HttpResponse:
    """Keep what is written, and show how one of each stage would read it. Another reason brings
    its own texts, where nobody wrote any by hand."""
    job = job_or_404(request, slug)
    if request.method != "POST":
        return redirect("desk:job_closing", employer=request.employer.slug, slug=slug)
    written, form = close_outs.close_out_of(job), ReasonForm(request.POST)
    words = _posted_words(request, job, written)
    if form.is_valid() and all(each.is_valid() for each in words.values()):
        written, words = _write(request, job, form, words), {}
    context = _context(request, job, form, written, words)
    return render(request, "desk/closing/groups.html", context)


def _posted_words(request: DeskRequest, job: Job, written: CloseOut) -> dict[UUID, WordsForm]:
    """The forms that were sent, by stage. Whoever came into another stage meanwhile gets the
    reason's own message."""
    stages = [stage.pk for stage in setup_of(job.employer).all_stages]
    return {
        key: WordsForm(request.POST, prefix=str(key))
        for key in stages
        if f"{key}-text" in request.POST
    }


def _write(
    request: DeskRequest, job: Job, form: ReasonForm, words: dict[UUID, WordsForm]
) -> CloseOut:
    said = {key: each.wording for key, each in words.items()}
    return close_outs.write(job, Reason(form.cleaned_data["reason"]), said, by=request.user)


def _close(request: DeskRequest, job: Job) -> HttpResponse:
    try:
        close_outs.close_out(job, by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:job_closing", employer=request.employer.slug, slug=job.slug)


def _page(
    request: DeskRequest,
    job: Job,
    form: ReasonForm,
    written: CloseOut,
    words: dict[UUID, WordsForm] | None = None,
) -> HttpResponse:
    context = _context(request, job, form, written, words or {})
    return render(request, "desk/closing/page.html", context)


def _context(
    request: DeskRequest,
    job: Job,
    form: ReasonForm,
    written: CloseOut,
    words: dict[UUID, WordsForm],
) -> dict[str, Any]:
    groups = close_outs.groups_of(job, written)
    return {
        "job": job,
        "form": form,
        "sections": [_section(group, written, words.get(group.stage.pk)) for group in groups],
        "open": sum(group.total for group in groups),
        "last": _last(job, groups),
        "untold": Closure.objects.filter(application__job=job, told_at=None).count(),
        "until": shown_at(request.employer, "job_filled", request.employer.undo_window),
        "placeholders": placeholders(Reason.JOB_FILLED),
    }


def _section(group: Group, written: CloseOut, sent: WordsForm | None) -> Section:
    key, words = str(group.stage.pk), group.words
    form = sent or WordsForm(initial={"subject": words.subject, "text": words.body}, prefix=key)
    lines = close_outs.lines_of([group.example]) if group.example else {}
    line = next(iter(lines.values()), "")
    shown = close_outs.as_read(group.example, written, line) if group.example else None
    return Section(group, form, shown)


def _last(job: Job, groups: list[Group]) -> Column | None:
    """The last stage, where somebody is in it: perhaps they should be hired first."""
    last = setup_of(job.employer).stages[-1]
    found = next((group for group in groups if group.stage.pk == last.pk), None)
    return Column(last, found.total, 0) if found else None

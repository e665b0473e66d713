"""Applications that came too late for a job: read them, let them count, or say no."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.going_back import address_of
from sincerely.hiring import late_drafts
from sincerely.hiring.models import ApplicationDraft, CannotDo
from sincerely.hiring.wording import Wording


class RefusalForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(
        max_length=10_000, label="What they read", widget=forms.Textarea({"rows": 9})
    )


@desk_view(recruits=True)
def drafts(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    waiting = ApplicationDraft.objects.filter(job=job, settled_at=None).order_by("at")[:100]
    return render(request, "desk/jobs/drafts.html", {"job": job, "drafts": waiting})


@desk_view(recruits=True)
def draft(request: DeskRequest, slug: str, draft_id: UUID) -> HttpResponse:
    job = job_or_404(request, slug)
    late = get_object_or_404(
        ApplicationDraft.objects.select_related("document"), pk=draft_id, job=job
    )
    late.job = job
    text = late_drafts.written_for(late)
    form = RefusalForm(initial={"subject": text.subject, "text": text.body})
    if request.method == "POST":
        if request.POST.get("answer") == "accept":
            return _accept(request, late)
        form = RefusalForm(request.POST)
        if form.is_valid():
            return _decline(request, late, form.cleaned_data)
    return render(request, "desk/jobs/draft.html", {"job": job, "draft": late, "form": form})


def _accept(request: DeskRequest, late: ApplicationDraft) -> HttpResponse:
    try:
        application = late_drafts.accept(late, by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return _to_list(request, late)
    messages.success(request, f"{late.name}’s application counts from the first try on.")
    return redirect(address_of("application", request, application.reference))


def _decline(request: DeskRequest, late: ApplicationDraft, given: dict[str, Any]) -> HttpResponse:
    try:
        said = Wording(given["subject"], given["text"])
        message = late_drafts.decline(late, by=request.user, message=said)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return _to_list(request, late)
    told = "The message is on its way." if message else "There is no address: please call them."
    messages.success(request, f"{late.name} came too late. {told}")
    return _to_list(request, late)


def _to_list(request: DeskRequest, late: ApplicationDraft) -> HttpResponse:
    return redirect("desk:job_drafts", employer=request.employer.slug, slug=late.job.slug)

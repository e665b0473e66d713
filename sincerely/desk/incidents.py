"""Whom our system failed, and support left without an answer: shown to who can still help."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring.models import Application, CannotDo, Failure
from sincerely.kernel.form_fields import LinesField


class SettlementForm(forms.Form):
    use_required_attribute = False
    note = LinesField(
        longest=5_000,
        required=False,
        label="What did you do?",
        help_text="For support and your team; the applicant does not read it.",
        widget=forms.Textarea({"rows": 3}),
    )


@desk_view(recruits=True)
def incident(request: DeskRequest, failure_id: UUID) -> HttpResponse:
    return _page(request, _failure(failure_id), SettlementForm())


@desk_view(recruits=True)
def settlement(request: DeskRequest, failure_id: UUID) -> HttpResponse:
    """Somebody at the employer has helped."""
    failure = _failure(failure_id)
    if request.method != "POST":
        return redirect("desk:incident", employer=request.employer.slug, failure_id=failure_id)
    form = SettlementForm(request.POST)
    if not form.is_valid():
        return _page(request, failure, form, status=422)
    try:
        failure.settle(by=request.user, note=form.cleaned_data["note"])
        messages.success(request, "Thank you. Support knows that it is solved.")
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:today", employer=request.employer.slug)


def _failure(failure_id: UUID) -> Failure:
    """Handed over to the employer; what support still works on is none of its business."""
    handed_over = Failure.objects.filter(escalated_at__isnull=False).select_related("job")
    return get_object_or_404(handed_over, pk=failure_id)


def _page(
    request: DeskRequest, failure: Failure, form: SettlementForm, *, status: int = 200
) -> HttpResponse:
    application = Application.objects.filter(pk=failure.application_key).first()
    context = {"failure": failure, "form": form, "application": application}
    return render(request, "desk/incident.html", context, status=status)

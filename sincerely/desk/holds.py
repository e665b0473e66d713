"""Putting a row of Today aside until tomorrow. It hides work from oneself, never a promise from its
day: what is due is refused."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.debt_sources import MAY_WAIT, Debts
from sincerely.desk.going_back import own_page
from sincerely.desk.today import today_context
from sincerely.hiring.models import Hold

TOO_LATE = "This cannot wait: somebody was promised an answer by today, or is not reached at all."
TOMORROW = dt.timedelta(days=1)


class HoldForm(forms.Form):
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in MAY_WAIT])
    about = forms.UUIDField()


@desk_view()
def holds(request: DeskRequest) -> HttpResponse:
    """Put one row aside until tomorrow morning."""
    if request.method != "POST":
        return redirect("desk:today", employer=request.employer.slug)
    form, owed = HoldForm(request.POST), Debts(request)
    if not form.is_valid() or not owed.may_wait(
        form.cleaned_data["kind"], form.cleaned_data["about"]
    ):
        return _list(request, TOO_LATE)
    given = form.cleaned_data
    hold = Hold.objects.put(request.user, given["kind"], given["about"], until=owed.day + TOMORROW)
    undo = reverse("desk:hold_undo", args=[request.employer.slug, hold.pk])
    return _list(request, "Put aside until tomorrow. Your colleagues see it still.", undo)


@desk_view()
def undo(request: DeskRequest, hold_id: UUID) -> HttpResponse:
    """Show it again."""
    hold = get_object_or_404(Hold, employer=request.employer, identity=request.user, pk=hold_id)
    if request.method == "POST":
        hold.delete()
    return redirect("desk:today", employer=request.employer.slug)


@desk_view()
def show_all(request: DeskRequest) -> HttpResponse:
    """Show everything again that one has put aside."""
    if request.method == "POST":
        Hold.objects.filter(identity=request.user).delete()
    return redirect("desk:today", employer=request.employer.slug)


def _list(request: DeskRequest, text: str, undo_address: str = "") -> HttpResponse:
    """The list as the page that shows it was asked for, with what was done."""
    if not request.htmx:
        messages.info(request, text, extra_tags=f"undo={undo_address}" if undo_address else "")
        return redirect("desk:today", employer=request.employer.slug)
    shown = own_page(request, request.headers.get("HX-Current-URL", ""))
    request.GET = QueryDict(shown.partition("?")[2])  # type: ignore[assignment]
    context = today_context(request) | {"toast": text, "undo_address": undo_address}
    return render(request, "desk/today/held.html", context)

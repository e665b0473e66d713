"""The call card: what may be said to a caller, what must not, and a log of what was said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.event_words import lines
from sincerely.desk.going_back import address_of
from sincerely.desk.referral_lines import lines_about
from sincerely.desk.visibility import may_take_back, visible_events
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application, Call
from sincerely.hiring.receipt_words import receipt_of
from sincerely.hiring.status import status_of
from sincerely.kernel import clock


class NoteForm(forms.Form):
    text = forms.CharField(max_length=5_000, strip=True)


class CallForm(forms.Form):
    """`told`: the applicant now knows the outcome or the next step; then `due_on` is promised."""

    kind = forms.ChoiceField(choices=Call.Kind.choices)
    note = forms.CharField(max_length=5_000, required=False)
    told = forms.BooleanField(required=False)
    due_on = forms.DateField(required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> dt.date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < self.today:
            raise forms.ValidationError("The promised day lies in the past.")
        return due_on


@desk_view()
def call_card(request: DeskRequest, reference: str) -> HttpResponse:
    return _answer(request, application_or_404(request, reference))


@desk_view()
def calls(request: DeskRequest, reference: str) -> HttpResponse:
    """Log a call, voicemail or visit."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(_address(request, application))
    form = CallForm(request.POST, today=clock.today(application.employer.time_zone))
    if not form.is_valid():
        return _answer(request, application, trouble=_first_error(form))
    _log(application, form.cleaned_data, by=request.user)
    return _done(request, application, "Logged.")


@desk_view()
def notes(request: DeskRequest, reference: str) -> HttpResponse:
    """Keep a note for the team."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(_address(request, application))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _answer(request, application, trouble="The note is empty or too long.")
    application.add_note(form.cleaned_data["text"], by=request.user)
    return _done(request, application, "Noted, for the team only.")


def card(request: DeskRequest, application: Application) -> dict[str, Any]:
    """What the card shows, read afresh."""
    held = held_decision(application)
    status = status_of(application)
    employer = application.employer
    return {
        "application": application,
        "status": status,
        "held": held,
        "may_undo": held is not None and may_take_back(request, held),
        "referrals": lines_about(application),
        "lines": lines(visible_events(request, application)[:3]),
        "receipt": None if application.email else receipt_of(application),
        "today": clock.today(employer.time_zone),
        "next_date": date_to_promise(employer, application.stage.promise_days),
        "may_tell": held is None and (status.ended is None or not application.closure.told_at),  # type: ignore[union-attr]
    }


def _log(application: Application, given: dict[str, Any], *, by: Any) -> None:
    # What is held was not told, whatever the form says: it is not to be mentioned.
    told = given["told"] and held_decision(application) is None
    application.log_call(
        Call.Kind(given["kind"]), by=by, note=given["note"], told=told, due_on=given["due_on"]
    )


def _answer(request: DeskRequest, application: Application, **more: Any) -> HttpResponse:
    """The card for the side panel, or a page of its own."""
    template = "desk/call/card.html" if request.htmx else "desk/call/page.html"
    return render(request, template, card(request, application) | more)


def _done(request: DeskRequest, application: Application, text: str) -> HttpResponse:
    """The fresh card in place; without JavaScript, back to the page the form stood on."""
    if request.htmx:
        fresh = application_or_404(request, application.reference)
        return _answer(request, fresh, toast=text)
    messages.success(request, text)
    if request.POST.get("from") == "application":
        return redirect(address_of("application", request, application.reference))
    return redirect(_address(request, application))


def _address(request: DeskRequest, application: Application) -> str:
    return address_of("call_card", request, application.reference)


def _first_error(form: forms.Form) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)

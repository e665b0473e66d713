"""What was said on the phone, on a voicemail or in person: logged, noted, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.call_card import answer, done
from sincerely.desk.going_back import address_of
from sincerely.desk.visibility import may_be_told
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application, Call, CannotDo
from sincerely.kernel import clock


class NoteForm(forms.Form):
    text = forms.CharField(max_length=5_000, strip=True)


class CallForm(forms.Form):
    """`id` is the form's own key; `by_us`: the team called; `invited`: they reached the colleague
    who had agreed to it. `told`: the applicant now knows the
    outcome or the next step; then `due_on` is promised."""

    id = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=Call.Kind.choices)
    by_us = forms.BooleanField(required=False)
    invited = forms.BooleanField(required=False)
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
def calls(request: DeskRequest, reference: str) -> HttpResponse:
    """Log a call, voicemail or visit."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(address_of("call_card", request, reference))
    form = CallForm(request.POST, today=clock.today(application.employer.time_zone))
    if not form.is_valid():
        return answer(request, application, trouble=_first_error(form))
    try:
        call = _log(application, form.cleaned_data, by=request.user)
    except CannotDo as refusal:
        return answer(request, application, trouble=str(refusal))
    undo = address_of("call_undo", request, reference, call_id=call.pk)
    return done(request, application, f"{call.get_kind_display()} logged.", undo=undo)


@desk_view()
def call_undo(request: DeskRequest, reference: str, call_id: UUID) -> HttpResponse:
    """Take back what was logged within the last minutes."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(address_of("call_card", request, reference))
    call = application.calls.filter(pk=call_id).first()
    if call and not request.membership.recruits and not call.was_logged_by(request.user):
        raise Http404
    return done(request, application, _taken_back(call, by=request.user))


@desk_view()
def notes(request: DeskRequest, reference: str) -> HttpResponse:
    """Keep a note for the team."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(address_of("call_card", request, reference))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return answer(request, application, trouble="The note is empty or too long.")
    application.add_note(form.cleaned_data["text"], by=request.user)
    return done(request, application, "Noted, for the team only.")


def _log(application: Application, given: dict[str, Any], *, by: Any) -> Call:
    # What is held with its message was not told, whatever the form says: it is not to be mentioned.
    told = given["told"] and may_be_told(held_decision(application))
    return application.log_call(Call.Kind(given.pop("kind")), by=by, **given | {"told": told})


def _taken_back(call: Call | None, *, by: Any) -> str:
    """Take it back, and say what came of it."""
    if call is None:
        return "It was taken back already."
    try:
        call.take_back(by=by)
    except CannotDo as refusal:
        return str(refusal)
    return f"The {call.get_kind_display().lower()} is taken back, as if it had not been logged."


def _first_error(form: forms.Form) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)

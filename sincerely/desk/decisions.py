"""Decisions on one application: its end, a hiring manager's word, and taking either back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.call_card import card
from sincerely.desk.delivery_words import waits
from sincerely.desk.going_back import address_of, go_back, own_page
from sincerely.desk.visibility import may_take_back
from sincerely.hiring.compose import compose
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.ending import close_if_unmoved
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application, CannotDo, Closure, Reason, Review
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.wording import Wording

Outcome = Review.Outcome


class ClosureForm(forms.Form):
    """`stage` is where the application stood when the dialog was opened."""

    stage = forms.UUIDField(required=False)
    reason = forms.ChoiceField(choices=Reason.choices, label="What is decided?")
    note = forms.CharField(
        required=False,
        max_length=2_000,
        label="Why? Only your team sees this.",
        widget=forms.Textarea({"rows": 2}),
    )
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(
        max_length=10_000, label="What they read", widget=forms.Textarea({"rows": 10})
    )

    def __init__(self, *args: Any, has_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_address:
            del self.fields["subject"], self.fields["text"]

    @property
    def wording(self) -> Wording | None:
        given = self.cleaned_data
        return Wording(given["subject"], given["text"]) if "text" in given else None


class ReviewForm(forms.Form):
    """`stage` is where the application stood when the page was read."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    stage = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=2_000, label="Why? Only your team sees this.", widget=forms.Textarea({"rows": 3})
    )


@desk_view(recruits=True)
def closure(request: DeskRequest, reference: str) -> HttpResponse:
    """The dialog that ends an application, with the message that goes with it."""
    application = application_or_404(request, reference)
    reason = _wanted(Reason, request.POST.get("reason") or request.GET.get("reason"))
    if request.method != "POST":
        form = ClosureForm(initial=_suggested(request, application, reason), **_has(application))
        return _closure_dialog(request, application, form, reason)
    form = ClosureForm(request.POST, **_has(application))
    if not form.is_valid():
        return _closure_dialog(request, application, form, reason)
    given = form.cleaned_data
    try:
        ended = close_if_unmoved(
            application,
            reason,
            seen=given["stage"],
            by=request.user,
            note=given["note"],
            message=form.wording,
        )
    except CannotDo as refusal:
        if application.is_open:
            form.add_error(None, str(refusal))
            return _closure_dialog(request, application, form, reason)
        messages.error(request, str(refusal))
    else:
        _say_undoable(request, application, _ended_words(application, ended))
    return go_back(request, address_of("application", request, reference))


@desk_view()
def review(request: DeskRequest, reference: str) -> HttpResponse:
    """Advance, decline or discuss, with a reason."""
    application = application_or_404(request, reference)
    outcome = _wanted(Outcome, request.POST.get("outcome") or request.GET.get("outcome"))
    if request.method != "POST":
        form = ReviewForm(initial={"outcome": outcome, "stage": application.stage_id})
        return _review_dialog(request, application, form, outcome)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _review_dialog(request, application, form, outcome)
    try:
        _give_word(application, outcome, form.cleaned_data, by=request.user)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    else:
        _say_reviewed(request, application, outcome)
    return go_back(request, address_of("application", request, reference))


@desk_view()
def undo(request: DeskRequest, reference: str) -> HttpResponse:
    """Take back the last decision or move, while its message is held."""
    application = application_or_404(request, reference)
    page = address_of("application", request, reference)
    if request.method != "POST":
        return redirect(page)
    held = held_decision(application)
    if not request.membership.recruits and not (held and may_take_back(request, held)):
        raise Http404
    text = _undone(application, by=request.user)
    if request.htmx:
        fresh = application_or_404(request, reference)
        return render(request, "desk/call/card.html", card(request, fresh) | {"toast": text})
    messages.info(request, text)
    return go_back(request, page, wanted=request.headers.get("Referer", ""))


def _undone(application: Application, *, by: Any) -> str:
    """Take it back, and say what came of it."""
    try:
        application.undo(by=by)
    except CannotDo as refusal:
        return str(refusal)
    return "Taken back. Nothing was sent."


def _give_word(
    application: Application, outcome: Outcome, given: dict[str, Any], *, by: Any
) -> None:
    """Raises CannotDo when the application moved on since the page was read: the word was meant
    for the stage before, and a second click must not advance twice."""
    with transaction.atomic():
        application.lock()
        if application.is_open and application.stage_id != given["stage"]:
            stage = application.employer.stages.get(pk=application.stage_id)
            raise CannotDo(f"{application.name} is in {stage.name} by now. Please look again.")
        application.review(outcome, by=by, reason=given["reason"])


def _wanted(choices: Any, value: str | None) -> Any:
    """The named choice; declined is asked for most, and stands for anything unknown."""
    return choices(value) if value in choices.values else choices(choices.values[1])


def _has(application: Application) -> dict[str, bool]:
    return {"has_address": bool(application.email)}


def _suggested(request: DeskRequest, application: Application, reason: Reason) -> dict[str, Any]:
    text = compose(application, str(reason))
    note = request.GET.get("note", "")
    return {"reason": reason, "note": note, "subject": text.subject, "text": text.body}


def _closure_dialog(
    request: DeskRequest, application: Application, form: ClosureForm, reason: Reason
) -> HttpResponse:
    window = dt.timedelta(minutes=1) if reason == Reason.WITHDRAWN else request.employer.undo_window
    return _dialog(
        request,
        "closure",
        {
            "application": application,
            "form": form,
            "reason": reason,
            "until": shown_at(request.employer, str(reason), window),
            "closure": application.closure,
        },
    )


def _review_dialog(
    request: DeskRequest, application: Application, form: ReviewForm, outcome: Outcome
) -> HttpResponse:
    context = {"application": application, "form": form, "outcome": outcome}
    try:
        context |= what_follows(application, outcome)
    except CannotDo as refusal:
        context["refusal"] = str(refusal)
    context["until"] = shown_at(request.employer, "declined", request.employer.undo_window)
    return _dialog(request, "review", context)


def what_follows(application: Application, outcome: Outcome) -> dict[str, Any]:
    """What the word sets going, and the message the applicant will read; raises CannotDo."""
    application.require_open()
    if outcome == Outcome.ADVANCE:
        stage = application.next_stage()
        due_on = date_to_promise(application.employer, stage.promise_days)
        return {
            "stage": stage,
            "wording": compose(application, "moved", stage=stage, due_on=due_on),
        }
    if outcome == Outcome.DECLINE:
        return {"wording": compose(application, "declined")}
    return {}


def _dialog(request: DeskRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The inside of a dialog for htmx, else a page with the same form."""
    # Where the dialog was opened is where its end should lead back to.
    came_from = request.POST.get("next") or request.headers.get("HX-Current-URL", "")
    context |= {"box": request.htmx.target or "decision", "next": own_page(request, came_from)}
    where = "form" if request.htmx else "page"
    return render(request, f"desk/decisions/{name}_{where}.html", context)


def _ended_words(application: Application, ended: Closure) -> str:
    what = f"{application.name}: {ended.get_reason_display()[:1].lower()}{str(ended)[1:]}."
    if ended.message is None:
        return f"{what} There is no e-mail address: call them, and log that they know."
    return f"{what} {waits(ended.message.hold_until)}"


def _say_reviewed(request: DeskRequest, application: Application, outcome: Outcome) -> None:
    if outcome == Outcome.DISCUSS:
        recruiter = application.job.recruiter or "The recruiter"
        messages.success(request, f"{recruiter} sees that you want to talk.")
        return
    what = "declined" if outcome == Outcome.DECLINE else "advanced"
    held = held_decision(application)
    text = f"{application.name} is {what}. {waits(held.until if held else None)}"
    _say_undoable(request, application, text)


def _say_undoable(request: DeskRequest, application: Application, text: str) -> None:
    undo_address = address_of("undo", request, application.reference)
    messages.success(request, text, extra_tags=f"undo={undo_address}")

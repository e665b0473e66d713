"""Moving an application to another stage: its message and its promise are seen before."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.cards import card_html
from sincerely.desk.going_back import address_of, own_page
from sincerely.desk.promised_days import NO_DATE, require_promisable
from sincerely.hiring.board import card_of, column_heads, move_if_unmoved
from sincerely.hiring.compose import compose
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.models import Application, CannotDo, Stage, StageEntry
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import UnknownPlaceholder, Wording, require_known_placeholders
from sincerely.kernel import clock

LONGEST_TEXT = 10_000


class MoveForm(forms.Form):
    """`seen` is the stage the application stood in when the dialog was opened; `written_for` the
    stage and day that the text was written for (`<stage>_<day>`)."""

    use_required_attribute = False
    stage = forms.ChoiceField(label="To stage")
    due_on = forms.DateField(
        label="Hears next by",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DATE},
    )
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(
        label="Text",
        widget=forms.Textarea({"rows": 10}),
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": "This has %(show_value)d characters; a message may have %(limit_value)d."
        },
    )
    silent = forms.BooleanField(required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput)
    written_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.stages = [
            stage
            for stage in setup_of(application.employer).stages
            if stage.pk != application.stage_id
        ]
        stage_field = self.fields["stage"]
        stage_field.choices = [(str(stage.pk), stage.name) for stage in self.stages]  # type: ignore[attr-defined]
        stage_field.error_messages["invalid_choice"] = (
            f"{application.name} cannot go there: it is archived, or they are in it already."
        )
        if not application.email or self.data.get("silent"):
            for name in ("due_on", "subject", "text"):
                self.fields[name].required = False

    def clean_stage(self) -> Stage:
        return next(s for s in self.stages if str(s.pk) == self.cleaned_data["stage"])

    def clean_due_on(self) -> dt.date | None:
        day, today = self.cleaned_data["due_on"], clock.today(self.application.employer.time_zone)
        if self.is_silent or day is None:
            return None
        require_promisable(day, today)
        return day

    def clean_subject(self) -> str:
        return self._without_unknown_placeholders("subject")

    def clean_text(self) -> str:
        return self._without_unknown_placeholders("text")

    def _without_unknown_placeholders(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        try:
            require_known_placeholders(text)
        except UnknownPlaceholder as error:
            raise forms.ValidationError(str(error)) from error
        return text

    @property
    def is_silent(self) -> bool:
        """Nobody is told: by choice, or because there is no address."""
        return bool(self.data.get("silent")) or not self.application.email

    @property
    def is_written_for_this(self) -> bool:
        """Was the text made for the stage and day that are chosen now?"""
        given = self.cleaned_data
        return given["written_for"] == _written_for(given["stage"], given["due_on"])

    @property
    def wording(self) -> Wording:
        return Wording(self.cleaned_data["subject"], self.cleaned_data["text"])


@desk_view(recruits=True)
def move(request: DeskRequest, reference: str) -> HttpResponse:
    """The dialog that moves an application, and the move."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        stage = _wanted_stage(application, request.GET.get("stage", ""))
        return _dialog(request, application, _suggested(application, stage) if stage else None)
    form = MoveForm(request.POST, application=application)
    if not form.is_valid():
        return _dialog(request, application, form)
    if not form.is_silent and not form.is_written_for_this:
        return _dialog(request, application, _rewritten(application, request.POST), stale=True)
    before = application.stage
    try:
        entry = _move(application, form, by=request.user)
    except CannotDo as refusal:
        return _dialog(request, application, None, refusal=str(refusal))
    return _moved(request, application, before, entry)


@desk_view(recruits=True)
def preview(request: DeskRequest, reference: str) -> HttpResponse:
    """The date and the text again, after another stage or day was chosen. Changes nothing."""
    application = application_or_404(request, reference)
    if request.method != "POST":
        return redirect(address_of("move", request, reference))
    form = _rewritten(application, request.POST, fresh="fresh" in request.POST)
    return render(request, "desk/moves/words.html", _context(request, application, form))


# ── the form, filled ─────────────────────────────────────────────────────────────────────────────


def _wanted_stage(application: Application, wanted: str) -> Stage | None:
    """The stage asked for, else the next one, else any other; None when there is no other."""
    setup = setup_of(application.employer)
    others = [stage for stage in setup.stages if stage.pk != application.stage_id]
    chosen = next((stage for stage in others if str(stage.pk) == wanted), None)
    chosen = chosen or setup.stage_after(application.stage_id)
    return chosen or (others[-1] if others else None)


def _suggested(
    application: Application,
    stage: Stage,
    due_on: dt.date | None = None,
    *,
    words: Wording | None = None,
    silent: bool = False,
    seen: Any = None,
) -> MoveForm:
    due_on = due_on or date_to_promise(application.employer, stage.promise_days)
    words = words or compose(application, "moved", stage=stage, due_on=due_on)
    initial = {
        "stage": str(stage.pk),
        "due_on": due_on,
        "subject": words.subject,
        "text": words.body,
        "silent": silent,
        "seen": seen or application.stage_id,
        "written_for": _written_for(stage, due_on),
    }
    return MoveForm(initial=initial, application=application)


def _rewritten(application: Application, posted: Any, *, fresh: bool = False) -> MoveForm:
    """The form for what is chosen now. What the recruiter wrote stays; only the day in it
    follows. An untouched text is made anew. `fresh` gives up what was written."""
    stage = _wanted_stage(application, posted.get("stage", ""))
    if stage is None:
        raise Http404
    before, day_before = _read_written_for(application, posted.get("written_for", ""))
    day = _day(posted.get("due_on", ""))
    if before != stage and day == day_before:
        day = None  # another stage, another promise; unless the day was chosen by hand
    day = day or date_to_promise(application.employer, stage.promise_days)
    own = None
    if before and day_before and not fresh:
        own = _own_words(application, posted, before, day_before, day)
    silent, seen = bool(posted.get("silent")), _key(posted.get("seen", ""))
    return _suggested(application, stage, day, words=own, silent=silent, seen=seen)


def _own_words(
    application: Application, posted: Any, before: Stage, day_before: dt.date, day: dt.date
) -> Wording | None:
    """What was written by hand, with the new day in place of the old; None if nothing was."""
    suggested = compose(application, "moved", stage=before, due_on=day_before)
    text = posted.get("text", "").replace("\r\n", "\n").strip()
    subject = posted.get("subject", "").strip()
    if (subject, text) == (suggested.subject.strip(), suggested.body.strip()):
        return None
    return Wording(subject, text.replace(in_words(day_before), in_words(day)))


def _written_for(stage: Stage, day: dt.date | None) -> str:
    return f"{stage.pk}_{day}"


def _read_written_for(application: Application, text: str) -> tuple[Stage | None, dt.date | None]:
    key, _, day = text.partition("_")
    stages = setup_of(application.employer).all_stages
    return next((stage for stage in stages if str(stage.pk) == key), None), _day(day)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# ── the move and its answer ──────────────────────────────────────────────────────────────────────


def _move(application: Application, form: MoveForm, *, by: Any) -> StageEntry:
    given = form.cleaned_data
    return move_if_unmoved(
        application,
        given["stage"],
        seen=given["seen"],
        by=by,
        due_on=given["due_on"],
        message=None if form.is_silent else form.wording,
        tell=not form.is_silent,
    )


def _moved(
    request: DeskRequest, application: Application, before: Stage, entry: StageEntry
) -> HttpResponse:
    """On the board: both columns' heads, the card in its new place, a toast. Elsewhere: back to
    where the dialog was opened."""
    text = _moved_words(application, entry)
    undo = entry.shown_at > clock.now()
    undo_address = address_of("undo", request, application.reference) if undo else ""
    came_from = own_page(request, request.headers.get("HX-Current-URL", ""))
    board = reverse("desk:board", args=[request.employer.slug, application.job.slug])
    if request.htmx and came_from.partition("?")[0] == board:
        application.employer = request.employer
        card = card_of(application)
        context = {
            "job": application.job,
            "card": card,
            "card_html": card_html(request, card, focus=True),
            "heads": column_heads(application.job, [before, entry.stage]),
            "toast": text,
            "undo_address": undo_address,
        }
        return render(request, "desk/moves/moved.html", context)
    messages.success(request, text, extra_tags=f"undo={undo_address}" if undo else "")
    wanted = own_page(request, request.POST.get("next", "")) or came_from or board
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": wanted})
    return redirect(wanted)


def _moved_words(application: Application, entry: StageEntry) -> str:
    moved = f"{application.name} is in {entry.stage.name}."
    held = entry.shown_at > clock.now()
    until = f"{timezone.localtime(entry.shown_at):%H:%M}"
    if entry.message:
        waits = f"waits until {until}; until then you can undo" if held else "is on its way"
        return f"{moved} The message {waits}."
    due_on = application.due_on
    stands = f" {in_words(due_on)} stands." if due_on else ""
    undo = f" You can undo until {until}." if held else ""
    return f"{moved} No message goes out.{stands}{undo}"


def _context(
    request: DeskRequest, application: Application, form: MoveForm | None
) -> dict[str, Any]:
    came_from = request.POST.get("next") or request.headers.get("HX-Current-URL", "")
    return {
        "application": application,
        "form": form,
        "box": "dialog" if request.htmx else "move",
        "next": own_page(request, came_from),
        "until": shown_at(request.employer, "moved", request.employer.undo_window),
        "holds": bool(request.employer.undo_window),
        "today": clock.today(request.employer.time_zone),
        "days_here": (clock.now() - application.stage_since).days,
    }


def _dialog(
    request: DeskRequest,
    application: Application,
    form: MoveForm | None,
    *,
    refusal: str = "",
    stale: bool = False,
) -> HttpResponse:
    context = _context(request, application, form)
    if not refusal:
        try:
            application.require_open()
        except CannotDo as ended:
            refusal = str(ended)
    context |= {"refusal": refusal, "stale": stale}
    where = "form" if request.htmx else "page"
    return render(request, f"desk/moves/{where}.html", context)

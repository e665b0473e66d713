"""Declining or moving several people at once, from the board or the list of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.going_back import go_back, own_page
from sincerely.hiring import bulk
from sincerely.hiring.bulk import MOST, Decided
from sincerely.hiring.models import Application, Stage
from sincerely.hiring.offers import holding_another
from sincerely.hiring.one_message import by_person, in_a_row
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import (
    UnknownPlaceholder,
    Wording,
    placeholders,
    require_known_placeholders,
)

DECLINE = "declined"


class BulkForm(forms.Form):
    """`to` is `declined` or the id of a stage; `written_for` what the text was made for."""

    use_required_attribute = False
    to = forms.ChoiceField(label="What is decided?")
    subject = forms.CharField(max_length=200, label="Subject")
    text = forms.CharField(max_length=10_000, label="Text", widget=forms.Textarea({"rows": 11}))
    written_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, stages: tuple[Stage, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stages = {str(stage.pk): stage for stage in stages}
        moves = [(key, f"Move to {stage.name}") for key, stage in self.stages.items()]
        self.fields["to"].choices = [(DECLINE, "Decline"), *moves]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in ("subject", "text"):
            try:
                require_known_placeholders(given.get(name, ""), DECLINE)
            except UnknownPlaceholder as error:
                self.add_error(name, str(error))
        return given

    @property
    def stage(self) -> Stage | None:
        return self.stages.get(str(self["to"].value()))

    @property
    def words(self) -> Wording:
        text = str(self["text"].value() or "").replace("\r\n", "\n")
        return Wording(str(self["subject"].value() or ""), text)


@dataclass(frozen=True, slots=True)
class Person:
    """One person and their chosen applications: the line for them, and what they will read.

    `why_not` says why they are left out."""

    applications: list[Application]
    line: str
    read: Wording | None
    why_not: str

    @property
    def first(self) -> Application:
        return self.applications[0]

    @property
    def jobs(self) -> str:
        return in_a_row(each.job.title for each in self.applications)


@desk_view(recruits=True)
def decide(request: DeskRequest) -> HttpResponse:
    """What is decided, the message, and each person with a line; then the decision."""
    sent = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, sent.getlist("a"))
    form = _form(request)
    if request.method != "POST" or not chosen:
        return _page(request, form, chosen)
    if "decide" not in request.POST or form["written_for"].value() != form["to"].value():
        return _page(request, _rewritten(request, form), chosen)
    if not form.is_valid():
        return _page(request, form, chosen)
    decided = bulk.decide(
        {each.pk: _seen(request, each) for each in chosen},
        form.stage,
        by=request.user,
        written=form.words,
        lines={each.pk: _line(request, each) for each in chosen},
    )
    _say(request, decided, form.stage)
    return go_back(request, reverse("desk:people", args=[request.employer.slug]))


@desk_view(recruits=True)
def undo(request: DeskRequest, decision_id: UUID) -> HttpResponse:
    """Take back a decision on several, while their messages are held."""
    decisions: Any = request.employer.bulk_decisions  # type: ignore[attr-defined]
    decision = get_object_or_404(decisions, pk=decision_id)
    people = reverse("desk:people", args=[request.employer.slug])
    if request.method != "POST":
        return redirect(people)
    done, kept = bulk.undo(decision, by=request.user)
    if done:
        messages.info(request, f"Taken back for {done}. Nothing was sent to them.")
    for why in kept:
        messages.error(request, why)
    return go_back(request, people, wanted=request.headers.get("Referer", ""))


def _chosen(request: DeskRequest, references: list[str]) -> list[Application]:
    wanted = [each for each in references if len(each) <= 10][:MOST]
    rows = visible_applications(request).for_page().filter(reference__in=wanted)
    return list(rows.order_by("candidate_id", "pk"))


def _form(request: DeskRequest) -> BulkForm:
    stages = setup_of(request.employer).stages
    if request.method == "POST":
        return BulkForm(stages, request.POST)
    return _fresh(request, request.GET.get("to", DECLINE))


def _fresh(request: DeskRequest, to: str, own: Wording | None = None) -> BulkForm:
    stages = setup_of(request.employer).stages
    stage = next((each for each in stages if str(each.pk) == to), None)
    to = to if stage else DECLINE
    words = own or bulk.standard_words(request.employer, stage)
    initial = {"to": to, "written_for": to, "subject": words.subject, "text": words.body}
    return BulkForm(stages, initial=initial)


def _rewritten(request: DeskRequest, form: BulkForm) -> BulkForm:
    """Another decision brings its own text, unless somebody wrote one by hand."""
    before = form.stages.get(str(form["written_for"].value()))
    standard = bulk.standard_words(request.employer, before)
    own = None if form.words == standard or not form.words.body else form.words
    return _fresh(request, str(form["to"].value()), own)


def _seen(request: DeskRequest, application: Application) -> UUID:
    """The stage in which it was seen; without a word of it, as it stands."""
    try:
        return UUID(request.POST.get(f"seen-{application.reference}", ""))
    except ValueError:
        return application.stage_id


def _line(request: DeskRequest, application: Application) -> str:
    return request.POST.get(f"line-{application.reference}", "")[:1_000]


def _page(request: DeskRequest, form: BulkForm, chosen: list[Application]) -> HttpResponse:
    came_from = request.POST.get("next") or request.headers.get("Referer", "")
    people = _people(request, form, chosen)
    context = {
        "form": form,
        "people": people,
        "chosen": chosen,
        "told": sum(not person.why_not for person in people),
        "stage": form.stage,
        "placeholders": placeholders(DECLINE),
        "until": shown_at(request.employer, "declined", request.employer.undo_window),
        "next": own_page(request, came_from),
    }
    name = "form" if request.htmx else "page"
    return render(request, f"desk/bulk/{name}.html", context)


def _people(request: DeskRequest, form: BulkForm, chosen: list[Application]) -> list[Person]:
    held = {} if form.stage else holding_another(chosen)
    groups = [[each] for each in chosen] if form.stage else by_person(chosen)
    return [_person(request, form, group, held) for group in groups]


def _person(
    request: DeskRequest,
    form: BulkForm,
    group: list[Application],
    held: dict[UUID, Application],
) -> Person:
    line, first = _line(request, group[0]), group[0]
    why_not = ""
    if not first.is_open:
        why_not = "Decided already"
    elif form.stage and form.stage.pk == first.stage_id:
        why_not = f"In {form.stage.name} already"
    elif offer := held.get(first.pk):
        why_not = f"Holds an offer as {offer.job.title}: decide on them alone"
    if why_not:
        return Person(group, line, None, why_not)
    read = bulk.as_read(group, form.stage, form.words, {first.pk: line}) if first.email else None
    return Person(group, line, read, "")


def _say(request: DeskRequest, decided: Decided, stage: Stage | None) -> None:
    for why in decided.left_out:
        messages.error(request, why)
    if not decided.decision:
        return
    number = len(decided.done)
    what = f"moved to {stage.name}" if stage else "declined"
    text = f"{number} application{'' if number == 1 else 's'} {what}."
    if request.employer.undo_window:
        until = timezone.localtime(
            shown_at(request.employer, "declined", request.employer.undo_window)
        )
        text += f" The messages wait until {until:%H:%M}; until then you can undo."
    address = reverse("desk:bulk_undo", args=[request.employer.slug, decided.decision.pk])
    messages.success(request, text, extra_tags=f"undo={address}")

"""A member's scorecard for an application, and the others' once theirs is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of
from sincerely.hiring import scoring
from sincerely.hiring.models import Application, CannotDo, Scorecard
from sincerely.hiring.models.scorecard import Recommendation, Score
from sincerely.hiring.models.stage import Stage

LONGEST_REASON = 5_000


class ScorecardForm(forms.Form):
    """`stage` is where the application stood when the page was read; a field for each criterion is
    named after it, so that scores find their criteria again when those changed meanwhile."""

    use_required_attribute = False
    stage = forms.UUIDField(widget=forms.HiddenInput)
    recommendation = forms.TypedChoiceField(
        coerce=int,
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        label="All in all, go on with them?",
        error_messages={
            "required": "Say how you would decide, from 1 to 4.",
            "invalid_choice": "Say how you would decide, from 1 to 4.",
        },
    )
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        label="Why?",
        help_text="What you saw and heard. Your team reads it, the applicant never.",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say why, in a sentence or two."},
    )

    def __init__(self, *args: Any, scored: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {field_name(criterion): criterion for criterion in scored.criteria}
        criteria = {name: _score_field(criterion) for name, criterion in self.names.items()}
        self.fields = criteria | self.fields

    @property
    def criteria(self) -> Iterator[BoundField]:
        return (self[name] for name in self.names)

    @property
    def given(self) -> dict[str, Any]:
        """What `scoring.hand_in` is told."""
        data = self.cleaned_data
        return {
            "stage_id": data["stage"],
            "scores": {criterion: data[name] for name, criterion in self.names.items()},
            "recommendation": data["recommendation"],
            "reason": data["reason"],
        }


@dataclass(frozen=True, slots=True)
class Panel:
    """The cards of one stage, side by side: `rows` are (criterion, the score of each card)."""

    stage: Stage
    cards: tuple[Scorecard, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]

    @property
    def verdicts(self) -> str:
        """`2 strong yes, 1 no`, the best first."""
        counted = [
            (sum(card.recommendation == choice for card in self.cards), choice.label.lower())
            for choice in reversed(Recommendation)
        ]
        return ", ".join(f"{count} {label}" for count, label in counted if count)


@desk_view()
def scorecard(request: DeskRequest, reference: str) -> HttpResponse:
    """The card to fill in, and what may be read of the others."""
    application = application_or_404(request, reference)
    shown = scoring.scoring_for(application, request.user)
    if request.method != "POST":
        return _page(request, application, shown, _form_of(shown))
    form = ScorecardForm(request.POST, scored=application.stage)
    if not form.is_valid():
        return _page(request, application, shown, form)
    try:
        scoring.hand_in(application, by=request.user, **form.given)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _page(request, application, shown, form)
    messages.success(request, "Your scorecard is changed." if shown.own else "It is in. Thank you.")
    return redirect(address_of("scorecard", request, reference))


@desk_view()
def standing_aside(request: DeskRequest, reference: str) -> HttpResponse:
    """Read the cards without scoring."""
    stage_id = _key(request.POST.get("stage", ""))
    return _act(
        request,
        reference,
        lambda one: scoring.stand_aside(one, request.membership, stage_id=stage_id),
    )


@desk_view(recruits=True)
def scorecard_requests(request: DeskRequest, reference: str) -> HttpResponse:
    """Ask a colleague for their card."""

    def ask(application: Application) -> None:
        wanted = request.POST.get("member", "")
        people = {str(each.pk): each for each in scoring.who_may_score(application)}
        if wanted not in people:
            raise CannotDo("Choose who is asked for a scorecard.")
        scoring.ask_for_card(application, people[wanted], by=request.user)
        messages.success(request, f"{people[wanted]} finds it on Today.")

    return _act(request, reference, ask)


def field_name(criterion: str) -> str:
    return f"score-{crc32(criterion.encode()):08x}"


def panels_of(cards: tuple[Scorecard, ...]) -> list[Panel]:
    """The cards by stage, in the order in which they come."""
    found: dict[Stage, list[Scorecard]] = {}
    for card in cards:
        found.setdefault(card.stage, []).append(card)
    return [_panel(stage, tuple(cards)) for stage, cards in found.items()]


def _panel(stage: Stage, cards: tuple[Scorecard, ...]) -> Panel:
    given = [dict(card.scores) for card in cards]
    names = dict.fromkeys(name for scores in given for name in scores)
    rows = tuple((name, tuple(scores.get(name) for scores in given)) for name in names)
    return Panel(stage, cards, rows)


def _score_field(criterion: str) -> forms.TypedChoiceField:
    missing = "Score it from 1 to 4."
    return forms.TypedChoiceField(
        coerce=int,
        choices=Score.choices,
        widget=forms.RadioSelect,
        label=criterion,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def _form_of(shown: scoring.Scoring) -> ScorecardForm | None:
    if shown.stage is None or shown.stood_aside:
        return None
    initial: dict[str, Any] = {"stage": shown.stage.pk}
    if own := shown.own:
        initial |= {field_name(name): score for name, score in own.scores}
        initial |= {"recommendation": own.recommendation, "reason": own.reason}
    return ScorecardForm(initial=initial, scored=shown.stage)


def _page(
    request: DeskRequest, application: Application, shown: scoring.Scoring, form: Any
) -> HttpResponse:
    context = {
        "application": application,
        "scoring": shown,
        "form": form,
        "panels": panels_of(shown.cards) if shown.sees_all else [],
        "asked": scoring.asked_in(application),
        "recruits": request.membership.recruits,
    }
    if request.membership.recruits and shown.stage:
        asked = {each.identity_id for each in context["asked"]}
        people = scoring.who_may_score(application)
        context["askable"] = [each for each in people if each.pk not in asked]
    status = 422 if form and form.errors else 200
    return render(request, "desk/scorecards/page.html", context, status=status)


def _act(request: DeskRequest, reference: str, verb: Callable[[Application], None]) -> HttpResponse:
    application = application_or_404(request, reference)
    if request.method == "POST":
        try:
            verb(application)
        except CannotDo as refusal:
            return _refused(request, application, str(refusal))
    return redirect(address_of("scorecard", request, reference))


def _refused(request: DeskRequest, application: Application, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(address_of("scorecard", request, application.reference))


def _key(text: str) -> Any:
    try:
        return forms.UUIDField().clean(text)
    except forms.ValidationError:
        return None

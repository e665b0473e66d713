"""The stages editor: what they are called inside, what applicants read, what is promised."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.criteria_field import CriteriaField
from sincerely.hiring.models import CannotDo, Stage
from sincerely.hiring.models.stage import DEFAULT_CRITERIA
from sincerely.hiring.stage_setup import StageInUse, archive, bring_back, save_stages

MOST_STAGES = 20


class StageForm(forms.ModelForm):
    use_required_attribute = False
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    criteria = CriteriaField(
        label="Scorecard, a criterion a line",
        initial=list(DEFAULT_CRITERIA),  # of a stage that is added
        help_text="Each is scored from 1 to 4. Without any, nobody scores in this stage.",
    )

    class Meta:
        model = Stage
        fields = ("name", "public_name", "public_text", "promise_days", "criteria")
        labels = {
            "name": "Name on the desk",
            "public_name": "What applicants read",
            "public_text": "And in a sentence",
            "promise_days": "Promise, days",
        }
        widgets = {"promise_days": forms.NumberInput({"min": 1, "max": 90})}
        error_messages = {
            "name": {"required": "Give the stage a name."},
            "public_name": {"required": "Say what applicants read."},
        }

    def has_changed(self) -> bool:
        """A row that was added and left blank is no stage."""
        return any(self[name].value() for name in ("id", "name", "public_name"))


StageFormSet = formset_factory(
    StageForm, extra=0, can_order=True, can_delete=True, max_num=MOST_STAGES, validate_max=True
)
StageFormSet.ordering_widget = StageFormSet.deletion_widget = forms.HiddenInput  # type: ignore[attr-defined]


@desk_view(admin=True)
def stages(request: DeskRequest) -> HttpResponse:
    if request.method == "POST" and (key := request.POST.get("bring_back")):
        bring_back(_stage(request, key), by=request.user)
        return _again(request)
    if request.method != "POST":
        return _page(request, StageFormSet(initial=_rows(request), prefix="stages"))
    forms_of = StageFormSet(request.POST, prefix="stages")
    if not forms_of.is_valid():
        return _page(request, forms_of)
    try:
        save_stages(request.employer, _edited(request, forms_of), by=request.user)
        if key := request.POST.get("archive"):
            _archive(request, _stage(request, key))
        else:
            messages.success(request, "The stages are saved.")
    except StageInUse as refusal:
        return _page(request, forms_of, str(refusal), in_use=_stage(request, key or ""))
    except CannotDo as refusal:
        return _page(request, forms_of, str(refusal))
    return _again(request)


def _archive(request: DeskRequest, stage: Stage) -> None:
    """With whoever is in it, to the stage that was chosen for them."""
    wanted = request.POST.get("move_to", "")
    move_to = _stage(request, wanted) if wanted else None
    moved = archive(stage, by=request.user, move_to=move_to)
    went = f" {moved} went to {move_to.name}; their dates stand." if moved and move_to else ""
    messages.success(request, f"{stage.name} is archived.{went}")


def _active(request: DeskRequest) -> Any:
    return request.employer.stages.filter(archived_at=None).order_by("position", "id")  # type: ignore[attr-defined]


def _rows(request: DeskRequest) -> list[dict[str, Any]]:
    names = ("id", *StageForm.Meta.fields)
    return [{name: getattr(stage, name) for name in names} for stage in _active(request)]


def _edited(request: DeskRequest, forms_of: Any) -> list[Stage]:
    """The stages as they were typed, in the order that was chosen. One that somebody archived
    meanwhile stays archived."""
    known = {stage.pk: stage for stage in _active(request)}
    edited = []
    for form in forms_of.ordered_forms:
        given = form.cleaned_data
        if not given.get("name"):
            continue
        stage = known.get(given["id"]) if given["id"] else Stage(employer=request.employer)
        if stage is not None:
            for name in StageForm.Meta.fields:
                setattr(stage, name, given[name])
            edited.append(stage)
    return edited


def _stage(request: DeskRequest, key: str) -> Stage:
    try:
        return get_object_or_404(Stage, employer=request.employer, pk=forms.UUIDField().clean(key))
    except forms.ValidationError:
        return get_object_or_404(Stage.objects.none())


def _page(
    request: DeskRequest, forms_of: Any, refusal: str = "", *, in_use: Stage | None = None
) -> HttpResponse:
    archived = request.employer.stages.exclude(archived_at=None).order_by("name")  # type: ignore[attr-defined]
    context = {"stages": forms_of, "archived": archived, "refusal": refusal, "at": "stages"}
    if in_use:
        context |= {"in_use": in_use, "others": _active(request).exclude(pk=in_use.pk)}
    return render(request, "desk/settings/stages.html", context)


def _again(request: DeskRequest) -> HttpResponse:
    return redirect("desk:settings_stages", employer=request.employer.slug)

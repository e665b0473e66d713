"""An employer's stages: renamed, put in order, archived and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.emptying import empty
from sincerely.hiring.models import CannotDo, Stage
from sincerely.kernel import clock
from sincerely.kernel.models import record

_FIELDS = ("name", "public_name", "public_text", "promise_days", "criteria")


def save_stages(employer: Employer, stages: Sequence[Stage], *, by: Any) -> None:
    """Save stages in this order; those not named keep their place behind them.

    Only what changed is written. Raises CannotDo when two would have one name.
    """
    with transaction.atomic():
        known = {stage.pk: stage for stage in _locked(employer)}
        _require_own_names(stages, known)
        for position, stage in enumerate(stages, start=1):
            before = known.pop(stage.pk, None)
            stage.position = position
            if before is None or _differs(before, stage):
                stage.save()
                record("stage_changed" if before else "stage_added", stage, by=by)
        for behind, stage in enumerate(known.values(), start=len(stages) + 1):
            if stage.position != behind:
                stage.position = behind
                stage.save(update_fields=["position"])


class StageInUse(CannotDo):
    """Somebody is in the stage: it has to be said where they go."""


def archive(stage: Stage, *, by: Any, move_to: Stage | None = None) -> int:
    """Take a stage off the board; says how many applications went to `move_to`, whose promised
    dates stand (emptying.py).

    Raises StageInUse where there are any and nothing is said, and CannotDo for the last stage and
    for a place that is none.
    """
    with transaction.atomic():
        stages = {each.pk: each for each in _locked(stage.employer)}
        active = [each for each in stages.values() if each.archived_at is None]
        if len(active) == 1:
            raise CannotDo(f"{stage.name} is the only stage. Add another one first.")
        inside = stage.applications.filter(ended_at=None).count()
        if inside and move_to is None:
            are = "application is" if inside == 1 else "applications are"
            raise StageInUse(f"{inside} {are} in {stage.name}. Say where they go.")
        if move_to and (move_to.pk == stage.pk or move_to not in active):
            raise CannotDo(f"{move_to.name} is no stage to go to. Choose another one.")
        moved = empty(stage, move_to, by=by) if inside and move_to else 0
        stage = stages[stage.pk]
        stage.archived_at = clock.now()
        stage.save(update_fields=["archived_at"])
        record("stage_archived", stage, by=by, data={"moved": moved})
    return moved


def bring_back(stage: Stage, *, by: Any) -> None:
    """Put an archived stage on the board again, as the last one."""
    with transaction.atomic():
        stages = _locked(stage.employer)
        stage.position = max(each.position for each in stages) + 1
        stage.archived_at = None
        stage.save(update_fields=["position", "archived_at"])
        record("stage_brought_back", stage, by=by)


def _locked(employer: Employer) -> list[Stage]:
    """All of them, so that two admins at once do not number them twice."""
    return list(
        Stage.objects.filter(employer=employer).select_for_update().order_by("position", "id")
    )


def _differs(before: Stage, after: Stage) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in ("position", *_FIELDS))


def _require_own_names(stages: Sequence[Stage], known: dict[Any, Stage]) -> None:
    names: set[str] = set()
    named = {stage.pk for stage in stages}
    kept = {stage.name: stage for key, stage in known.items() if key not in named}
    before = {stage.name: key for key, stage in known.items()}
    for stage in stages:
        if stage.name in names:
            raise CannotDo(f"Two stages are called {stage.name}. Give each a name of its own.")
        if stage.name in kept:
            raise CannotDo(f"An archived stage is called {stage.name}. Bring it back instead.")
        if before.get(stage.name, stage.pk) != stage.pk:
            raise CannotDo(f"{stage.name} is the name of another stage. Rename that one first.")
        names.add(stage.name)

"""Deciding on several applications at once: one message with a line for each person, one undo.

Whoever was decided on or moved since they were seen, and whoever holds an offer for another job, is
left out, and it is said why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from sincerely.hiring.compose import compose, wording_of
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.ending import end
from sincerely.hiring.models import (
    Application,
    BulkDecision,
    CannotDo,
    Reason,
    Stage,
)
from sincerely.hiring.offers import holding_another
from sincerely.hiring.one_message import NO_LINES, compose_end
from sincerely.hiring.wording import Wording

MOST = 200


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: the row to undo it by, on how many, and why not on others."""

    decision: BulkDecision | None
    done: tuple[Application, ...]
    left_out: tuple[str, ...]


def standard_words(employer: Any, stage: Stage | None) -> Wording:
    """The message of a move to a stage, or of a refusal where there is none."""
    return wording_of(employer, "moved" if stage else "declined")


def as_read(
    together: Sequence[Application],
    stage: Stage | None,
    written: Wording,
    lines: Mapping[UUID, str] = NO_LINES,
) -> Wording:
    """What one person will read about these applications of theirs."""
    if stage is None:
        return compose_end(together, Reason.DECLINED, written, lines)
    due_on = date_to_promise(together[0].employer, stage.promise_days)
    said = {"personal_line": lines.get(together[0].pk, "").strip()}
    return compose(together[0], "moved", stage=stage, due_on=due_on, written=written, said=said)


def decide(
    seen: Mapping[UUID, UUID],
    stage: Stage | None,
    *,
    by: Any,
    written: Wording,
    lines: Mapping[UUID, str] = NO_LINES,
) -> Decided:
    """Decline these applications, or move them to `stage`, in one transaction.

    `seen` is application id → the stage it was seen in. All of them are of the present employer.
    """
    with transaction.atomic():
        found = Application.objects.for_page().filter(pk__in=list(seen)[:MOST])
        rows = list(found.order_by("pk").select_for_update(of=("self",)))
        refused = {each.pk: why for each in rows if (why := _why_not(each, seen, stage))}
        if stage is None:
            held = holding_another(each for each in rows if each.pk not in refused)
            for each in rows:
                if offer := held.get(each.pk):
                    refused[each.pk] = (
                        f"{each.name} holds an offer as {offer.job.title}: decide on them alone."
                    )
        rows = [each for each in rows if each.pk not in refused]
        made = _decline(rows, by, written, lines) if stage is None else {}
        if stage:
            made = {str(each.pk): _move(each, stage, by, written, lines) for each in rows}
        decision = BulkDecision.objects.create(made=made, by=str(by)) if made else None
    return Decided(decision, tuple(rows), tuple(refused.values()))


def undo(decision: BulkDecision, *, by: Any) -> tuple[int, list[str]]:
    """Take it back for everybody for whom it can be: how many, and why not for others.

    What was decided later on one of them stays.
    """
    done, kept = 0, []
    for application in Application.objects.for_page().filter(pk__in=list(decision.made)):
        with transaction.atomic():
            application.lock()
            if _newest(application) == decision.made[str(application.pk)]:
                try:
                    application.undo(by=by)
                except CannotDo as refusal:
                    kept.append(f"{application.name}: {refusal}")
                    continue
                done += 1
            elif not application.closure:
                done += 1  # taken back with another one that the same message told of
    return done, kept


def _why_not(application: Application, seen: Mapping[UUID, UUID], stage: Stage | None) -> str:
    try:
        application.require_open()
        application.require_in(seen[application.pk])
    except CannotDo as refusal:
        return str(refusal)
    if stage and stage.pk == application.stage_id:
        return f"{application.name} is in {stage.name} already."
    return ""


def _decline(
    rows: list[Application], by: Any, written: Wording, lines: Mapping[UUID, str]
) -> dict[str, str]:
    closures = end(rows, Reason.DECLINED, by=by, written=written, lines=lines) if rows else []
    return {str(closure.application_id): str(closure.pk) for closure in closures}


def _move(
    application: Application, stage: Stage, by: Any, written: Wording, lines: Mapping[UUID, str]
) -> str:
    text = as_read([application], stage, written, lines)
    told = bool(application.email)
    entry = application.move(stage, by=by, message=text if told else None, tell=told)
    return str(entry.pk)


def _newest(application: Application) -> str:
    """The id of the row that the last decision made."""
    if closure := application.closure:
        return str(closure.pk)
    entry = application.stage_entries.order_by("-at", "-id").first()
    return str(entry.pk) if entry else ""

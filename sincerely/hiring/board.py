"""The board of one job: true counts for every stage, and only as many cards as a page can hold.

Everything here reads the index `application_board` in its own order (stage, due date, id), so a
job with twenty thousand applications costs what a job with twenty does; only the counts walk the
index once. docs/performance.md has the figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery

from sincerely.accounts.models import Employer
from sincerely.hiring.legal_clocks import deadlines
from sincerely.hiring.lookup import Found, look_up
from sincerely.hiring.models import (
    Application,
    ApplicationDraft,
    Job,
    Stage,
    StageEntry,
)
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import State
from sincerely.outbox.suppressing import is_lost

# A page holds about a hundred cards, shared by its columns.
CARDS_ON_A_PAGE = 96
CARDS_IN_A_COLUMN = (6, 15)  # at least, at most
MOST_FOUND = 30
_FIELDS = ("pk", "reference", "name", "stage_id", "stage_since", "due_on")
_FIRST_CARDS = """
SELECT card.id, card.reference, card.name, card.stage_id, card.stage_since, card.due_on
FROM unnest(%s::uuid[]) AS stage (id)
CROSS JOIN LATERAL (
    SELECT application.id, reference, name, stage_id, stage_since, due_on
    FROM hiring_application application
    WHERE application.employer_id = %s AND job_id = %s AND stage_id = stage.id AND ended_at IS NULL
    ORDER BY due_on, application.id LIMIT %s
) card"""


@dataclass(frozen=True, slots=True)
class Card:
    """One application on the board. `unreached` says that our last mail to it came back, `by_law`
    is the last day on which the law lets an interviewed applicant wait."""

    id: UUID
    reference: str
    name: str
    stage_id: UUID
    days_here: int
    due_on: dt.date | None
    is_late: bool
    is_due: bool
    unreached: bool = False
    by_law: dt.date | None = None

    @property
    def cursor(self) -> str:
        """Where the next page of the column begins: `2026-12-03_<id>`; without a date `_<id>`."""
        return f"{self.due_on or ''}_{self.id}"


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many are in it and late, the first cards, and the cursor of the next ones."""

    stage: Stage
    total: int
    late: int
    cards: tuple[Card, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """`ended` are applications with an end, `waiting` those that came too late and wait for a
    word; `cut` says that a search found perhaps more than it shows."""

    columns: tuple[Column, ...]
    ended: int = 0
    waiting: int = 0
    cut: bool = False

    @property
    def open(self) -> int:
        return sum(column.total for column in self.columns)

    @property
    def late(self) -> int:
        return sum(column.late for column in self.columns)


@dataclass(frozen=True, slots=True)
class Counts:
    """Open applications of one job: all, those in the first stage, and those past their date."""

    open: int = 0
    new: int = 0
    late: int = 0


class BadCursor(ValueError):
    """Not the cursor of a card."""


def board_of(job: Job) -> Board:
    """The whole board of a job, in four statements (plus the employer's setup when it changed)."""
    counts = _counts(job)
    stages = _stages(job, counts)
    per_column = cards_per_column(len(stages))
    cards = _with_clocks(job, _first_cards(job, stages, per_column + 1))
    by_stage: dict[UUID, list[Card]] = {stage.pk: [] for stage in stages}
    for card in cards:
        by_stage[card.stage_id].append(card)
    total, waiting = _beside(job)
    columns = tuple(
        _column(stage, counts.get(stage.pk, (0, 0)), by_stage[stage.pk], per_column)
        for stage in stages
    )
    shown = sum(count for count, _ in counts.values())
    return Board(columns, ended=max(total - shown, 0), waiting=waiting)


def search_board(job: Job, scrap: str) -> Board:
    """The open applications of a job that the caller look-up finds for a scrap, best first."""
    ids = [found.application_id for found in _looked_up(job, scrap) if not found.ended]
    rows = _open(job).filter(pk__in=ids).values_list(*_FIELDS) if ids else []
    by_id = {card.id: card for card in _cards(job, rows)}
    cards = _with_clocks(job, [by_id[key] for key in ids if key in by_id])
    columns = []
    for stage in _stages(job, {card.stage_id for card in cards}):
        own = tuple(card for card in cards if card.stage_id == stage.pk)
        columns.append(Column(stage, len(own), sum(card.is_late for card in own), own))
    total, waiting = _beside(job)
    ended = max(total - sum(count for count, _ in _counts(job).values()), 0)
    return Board(tuple(columns), ended=ended, waiting=waiting, cut=len(ids) >= MOST_FOUND)


def cards_after(job: Job, stage: Stage, cursor: str) -> Column:
    """The next cards of a column after a cursor (from its beginning when empty).

    Raises BadCursor.
    """
    wanted = CARDS_IN_A_COLUMN[1]
    rows: list[Any] = []
    for page in _pages_after(_in_stage(job, stage), cursor):
        rows += page.values_list(*_FIELDS)[: wanted + 1 - len(rows)]
        if len(rows) > wanted:
            break
    cards = _with_clocks(job, _cards(job, rows))
    return _column(stage, (0, 0), cards, wanted)


def column_heads(job: Job, stages: Iterable[Stage]) -> list[Column]:
    """Counts alone, for the given stages."""
    counts = _counts(job)
    return [Column(stage, *counts.get(stage.pk, (0, 0))) for stage in stages]


def counts_of(employer: Employer, jobs: list[Job]) -> dict[UUID, Counts]:
    """The counts of several jobs, in one statement that reads the index alone."""
    first = setup_of(employer).stages[0]
    rows = (
        Application.objects.filter(job_id__in=[job.pk for job in jobs], ended_at=None)
        .values("job_id")
        .annotate(
            open=Count("*"),
            new=Count("stage_id", filter=Q(stage_id=first.pk)),
            late=Count("due_on", filter=Q(due_on__lt=clock.today(employer.time_zone))),
        )
        .order_by()
    )
    counted = {row["job_id"]: Counts(row["open"], row["new"], row["late"]) for row in rows}
    return {job.pk: counted.get(job.pk, Counts()) for job in jobs}


def card_of(application: Application) -> Card:
    """The card of one open application."""
    row = [getattr(application, name) for name in _FIELDS]
    return _with_clocks(application.job, _cards(application.job, [row]))[0]


def cards_per_column(columns: int) -> int:
    least, most = CARDS_IN_A_COLUMN
    return max(least, min(most, CARDS_ON_A_PAGE // max(columns, 1)))


def move_if_unmoved(
    application: Application,
    stage: Stage,
    *,
    seen: UUID,
    by: Any,
    due_on: dt.date | None = None,
    message: Wording | None = None,
    tell: bool = True,
) -> StageEntry:
    """Move an application, unless somebody moved it since it was seen in stage `seen`.

    Raises CannotDo then, and for whatever `Application.move` refuses.
    """
    with transaction.atomic():
        application.lock().require_open()
        application.require_in(seen)
        return application.move(stage, by=by, due_on=due_on, message=message, tell=tell)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def _open(job: Job) -> Any:
    return Application.objects.filter(job_id=job.pk, ended_at=None)


def _in_stage(job: Job, stage: Stage) -> Any:
    return _open(job).filter(stage_id=stage.pk).order_by("due_on", "id")


def _counts(job: Job) -> dict[UUID, tuple[int, int]]:
    """Stage → (all, late), from the index alone."""
    late = Count("due_on", filter=Q(due_on__lt=clock.today(job.employer.time_zone)))
    rows = _open(job).values("stage_id").annotate(total=Count("*"), late=late)
    return {row["stage_id"]: (row["total"], row["late"]) for row in rows.order_by()}


def _stages(job: Job, used: Iterable[UUID]) -> list[Stage]:
    """The active stages, and archived ones that still hold somebody."""
    used = set(used)
    everything = setup_of(job.employer).all_stages
    return [stage for stage in everything if stage.archived_at is None or stage.pk in used]


def _first_cards(job: Job, stages: list[Stage], limit: int) -> list[Card]:
    """The first cards of each stage: one statement, one bounded walk of the index for each."""
    with connection.cursor() as cursor:
        values = [[stage.pk for stage in stages], job.employer_id, job.pk, limit]
        cursor.execute(_FIRST_CARDS, values)
        return _cards(job, cursor.fetchall())


def _pages_after(rows: Any, cursor: str) -> Iterator[Any]:
    """Those with a date after the cursor's, then those without a date."""
    if not cursor:
        yield rows
        return
    due_on, key = _read_cursor(cursor)
    if due_on is None:
        yield rows.filter(due_on=None, id__gt=key)
        return
    # `>=` alone bounds the walk of the index; the second condition skips what was shown.
    yield rows.filter(due_on__gte=due_on).filter(Q(due_on__gt=due_on) | Q(id__gt=key))
    yield rows.filter(due_on=None)


def _read_cursor(cursor: str) -> tuple[dt.date | None, UUID]:
    day, _, key = cursor.partition("_")
    try:
        return (dt.date.fromisoformat(day) if day else None), UUID(key)
    except ValueError as error:
        raise BadCursor(cursor) from error


def _looked_up(job: Job, scrap: str) -> list[Found]:
    return look_up(scrap, jobs=Job.objects.filter(pk=job.pk), limit=MOST_FOUND)


def _beside(job: Job) -> tuple[int, int]:
    """(all applications of the job, late drafts without a word), in one statement."""
    of_job = Application.objects.filter(job=OuterRef("pk")).order_by().values("job")
    drafts = ApplicationDraft.objects.filter(job=OuterRef("pk"), settled_at=None).order_by()
    row = (
        Job.objects.filter(pk=job.pk)
        .annotate(
            total=Subquery(of_job.annotate(n=Count("*")).values("n")),
            waiting=Subquery(drafts.values("job").annotate(n=Count("*")).values("n")),
        )
        .values_list("total", "waiting")
        .get()
    )
    return row[0] or 0, row[1] or 0


def _with_clocks(job: Job, cards: list[Card]) -> list[Card]:
    """The cards, each with whether its newest mail failed to arrive, and what the law says."""
    law = deadlines(job.employer, [card.id for card in cards])
    lost = _unreached(cards) if cards else set()
    return [
        replace(
            card, unreached=card.id in lost, by_law=law[card.id].day if card.id in law else None
        )
        for card in cards
    ]


def _unreached(cards: list[Card]) -> set[UUID]:
    newest = (
        Message.objects.filter(about_id__in=[card.id for card in cards])
        .exclude(state=State.SKIPPED, stopped=False)
        .order_by("about_id", F("created_at").desc())
        .distinct("about_id")
        .only("about_id", "state", "stopped")
    )
    return {message.about_id for message in newest if is_lost(message)}


def _cards(job: Job, rows: Iterable[Any]) -> list[Card]:
    """Cards of rows with _FIELDS."""
    zone, today = ZoneInfo(job.employer.time_zone), clock.today(job.employer.time_zone)
    return [
        Card(
            id=key,
            reference=reference,
            name=name,
            stage_id=stage_id,
            days_here=(today - since.astimezone(zone).date()).days,
            due_on=due_on,
            is_late=due_on is not None and due_on < today,
            is_due=due_on == today,
        )
        for key, reference, name, stage_id, since, due_on in rows
    ]


def _column(stage: Stage, counted: tuple[int, int], cards: list[Card], limit: int) -> Column:
    """One card more than the limit was read, to know whether there are more."""
    shown = tuple(cards[:limit])
    return Column(stage, *counted, shown, shown[-1].cursor if len(cards) > limit else "")

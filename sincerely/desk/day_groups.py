"""What is owed, grouped by the day it is due: Overdue, Today, This week; each with its count, its
first rows, and all of them page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict

PER_GROUP = 25
PER_PAGE = 50
WEEK = dt.timedelta(days=6)
TITLES = {
    "overdue": "Overdue",
    "today": "Today",
    "week": "This week",
    "later": "Later",
    "held": "On hold",
}
# Decided, and on its way by itself: nobody owes anything.
NOT_OWED = {"held"}
R = TypeVar("R")


class Source(Generic[R]):
    """Debts of one kind: a queryset, how many there are, and how they become rows."""

    def __init__(self, rows: Any, as_rows: Callable[[list[Any]], list[R]], count: int) -> None:
        self.rows, self.as_rows, self.count = rows, as_rows, count

    def part(self, start: int, stop: int) -> list[R]:
        return self.as_rows(list(self.rows[start:stop]))


class Chain(Sequence[R]):
    """Several sources, one after the other, read by slices: what a Paginator needs."""

    def __init__(self, *sources: Source[R]) -> None:
        self.sources = [source for source in sources if source.count]

    def __len__(self) -> int:
        return sum(source.count for source in self.sources)

    @overload
    def __getitem__(self, part: int) -> R: ...
    @overload
    def __getitem__(self, part: slice) -> list[R]: ...
    def __getitem__(self, part: int | slice) -> R | list[R]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop, _ = part.indices(len(self))
        rows: list[R] = []
        before = 0
        for source in self.sources:
            first, last = max(start - before, 0), min(stop - before, source.count)
            if first < last:
                rows += source.part(first, last)
            before += source.count
        return rows


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the list, with the part of its rows that is shown."""

    name: str
    title: str
    count: int
    page: Page

    @property
    def has_more(self) -> bool:
        return self.page.paginator.num_pages > 1


def by_day(
    rows: Any, column: str, day: dt.date, as_rows: Callable[[list[Any]], list[R]]
) -> dict[str, Source[R]]:
    """A queryset by group, as seen from this day; all counted in one statement."""
    one = dt.timedelta(days=1)
    spans = {
        "overdue": (dt.date.min, day - one),
        "today": (day, day),
        "week": (day + one, day + WEEK),
        "later": (day + WEEK + one, dt.date.max),
    }
    within = {name: Q(**{f"{column}__range": span}) for name, span in spans.items()}
    counts = rows.order_by().aggregate(
        **{name: Count("pk", filter=days) for name, days in within.items()}
    )
    return {name: Source(rows.filter(days), as_rows, counts[name]) for name, days in within.items()}


def groups_context(owed: Mapping[str, Chain[Any]], asked: QueryDict) -> dict[str, Any]:
    """All groups, or the one that `?group=` names, page by page, while there is anything in it."""
    only = asked.get("group", "")
    only = only if owed.get(only) else ""
    counts = {name: len(rows) for name, rows in owed.items()}
    return {
        "groups": [
            _group(name, rows, asked, alone=bool(only))
            for name, rows in owed.items()
            if only in {"", name}
        ],
        "only": only,
        "total": sum(count for name, count in counts.items() if name not in NOT_OWED),
        "rows": sum(counts.values()),
        "overdue": counts["overdue"],
    }


def wants_mine(asked: QueryDict) -> bool:
    """Whether the list is asked for one's own jobs alone."""
    return asked.get("whose") == "mine"


def clock_words(due_on: dt.date | None, today: dt.date) -> dict[str, Any]:
    """How urgent it is, as the fields of a row: `icon`, `when` or `day`, `is_late`."""
    late = (today - (due_on or today)).days
    if late > 0:
        return {"icon": "late", "when": f"{days_words(late)} late", "is_late": True}
    if late == 0:
        return {"icon": "clock", "when": "today"}
    return {"icon": "", "when": "", "day": due_on}


def days_words(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _group(name: str, rows: Chain[Any], asked: QueryDict, *, alone: bool) -> Group:
    paginator = Paginator(rows, PER_PAGE if alone else PER_GROUP)
    page = paginator.get_page(asked.get("page") if alone else 1)
    return Group(name, TITLES[name], len(rows), page)

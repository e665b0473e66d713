"""Debts to people as rows of Today: one row, one debt, and the one thing that pays it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.urls import reverse
from django.utils import timezone

from sincerely.desk.access import DeskRequest
from sincerely.hiring.models import Application, ApplicationDraft
from sincerely.hiring.wording import LABELS
from sincerely.outbox.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`icon` and `when` say how urgent it is, `what` is the debt as a task, `action` names the
    button; `call_card` opens beside the list instead of a page of its own."""

    key: str
    icon: str
    when: str
    what: str
    note: str
    address: str
    action: str = "Open"
    is_late: bool = False
    day: dt.date | None = None
    call_card: str = ""


class Source:
    """Debts of one kind: a queryset, how many there are, and how each becomes a row."""

    def __init__(self, rows: Any, as_rows: Callable[[list[Any]], list[Row]], count: int) -> None:
        self.rows, self.as_rows, self.count = rows, as_rows, count

    def part(self, start: int, stop: int) -> list[Row]:
        return self.as_rows(list(self.rows[start:stop]))


class Chain(Sequence[Row]):
    """Several sources, one after the other, read by slices: what a Paginator needs."""

    def __init__(self, *sources: Source) -> None:
        self.sources = [source for source in sources if source.count]

    def __len__(self) -> int:
        return sum(source.count for source in self.sources)

    @overload
    def __getitem__(self, part: int) -> Row: ...
    @overload
    def __getitem__(self, part: slice) -> list[Row]: ...
    def __getitem__(self, part: int | slice) -> Row | list[Row]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop, _ = part.indices(len(self))
        rows: list[Row] = []
        before = 0
        for source in self.sources:
            first, last = max(start - before, 0), min(stop - before, source.count)
            if first < last:
                rows += source.part(first, last)
            before += source.count
        return rows


class Rows:
    """Makes rows for one request."""

    def __init__(self, request: DeskRequest, today: dt.date) -> None:
        self.slug, self.today = request.employer.slug, today

    def due(self, applications: Iterable[Application]) -> list[Row]:
        return [self._due(application) for application in applications]

    def unreached(self, applications: Iterable[Application]) -> list[Row]:
        applications = list(applications)
        failed = _newest_failures(applications)
        return [self._unreached(each, failed.get(each.pk)) for each in applications]

    def untold(self, applications: Iterable[Application]) -> list[Row]:
        return [self._untold(application) for application in applications]

    def to_discuss(self, applications: Iterable[Application]) -> list[Row]:
        return [self._to_discuss(application) for application in applications]

    def late_drafts(self, drafts: Iterable[ApplicationDraft]) -> list[Row]:
        return [self._late_draft(draft) for draft in drafts]

    def to_read(self, applications: Iterable[Application]) -> list[Row]:
        return [self._to_read(application) for application in applications]

    def _due(self, application: Application) -> Row:
        late = self._days_late(application)
        what = "Tell {} where things stand" if late >= 0 else "{} hears next"
        return self._row(
            application,
            what.format(application.name),
            f"in {application.stage.name} {self._since(application)}",
            **self._clock(application),
        )

    def _to_read(self, application: Application) -> Row:
        return self._row(
            application,
            f"Say a word on {application.name}",
            f"in {application.stage.name} {self._since(application)}",
            action="Read",
            **self._clock(application),
        )

    def _unreached(self, application: Application, message: Message | None) -> Row:
        what = LABELS.get(message.kind, "message").lower() if message else "message"
        came_back = message is not None and message.state == Message.State.BOUNCED
        return self._row(
            application,
            f"Find another way to reach {application.name}",
            f"the message “{what}” {'came back' if came_back else 'could not be sent'}",
            icon="bounced",
            when="Not reached",
            is_late=True,
            action="Call card",
            call_card=self._address("call_card", reference=application.reference),
        )

    def _untold(self, application: Application) -> Row:
        return self._row(
            application,
            f"Tell {application.name} that it has ended",
            "decided, and there is no proof that they know",
            icon="phone",
            when="Not told",
            is_late=True,
            action="Call card",
            call_card=self._address("call_card", reference=application.reference),
        )

    def _to_discuss(self, application: Application) -> Row:
        return self._row(
            application,
            f"Talk about {application.name}",
            "the hiring manager asked; a note answers",
            icon="people",
            when="To discuss",
            action="Read",
        )

    def _late_draft(self, draft: ApplicationDraft) -> Row:
        return Row(
            key=str(draft.pk),
            icon="late",
            when="Too late",
            what=f"Answer {draft.name}, who came too late",
            note=f"{draft.job.title} · sent when the job was no longer open",
            address=self._address("job_draft", slug=draft.job.slug, draft_id=draft.pk),
            action="Read",
        )

    def _row(self, application: Application, what: str, note: str, **more: Any) -> Row:
        recruiter = application.job.recruiter
        parts = [
            application.job.title,
            note,
            recruiter.name if recruiter else "nobody owns the job",
        ]
        address = self._address("application", reference=application.reference)
        key = f"{application.reference}-{more.get('icon', '')}"
        return Row(key=key, what=what, note=" · ".join(parts), address=address, **more)

    def _clock(self, application: Application) -> dict[str, Any]:
        late = self._days_late(application)
        if late > 0:
            return {"icon": "late", "when": f"{_days(late)} late", "is_late": True}
        if late == 0:
            return {"icon": "clock", "when": "today"}
        return {"icon": "", "when": "", "day": application.due_on}

    def _days_late(self, application: Application) -> int:
        return (self.today - (application.due_on or self.today)).days

    def _since(self, application: Application) -> str:
        days = (self.today - timezone.localtime(application.stage_since).date()).days
        return f"for {_days(days)}" if days > 0 else "since today"

    def _address(self, name: str, **kwargs: Any) -> str:
        return reverse(f"desk:{name}", kwargs={"employer": self.slug, **kwargs})


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _newest_failures(applications: list[Application]) -> dict[Any, Message]:
    """The newest failed message of each, in one statement."""
    failed = Message.objects.filter(
        about_id__in=[application.pk for application in applications],
        state__in=(Message.State.BOUNCED, Message.State.FAILED),
    )
    return {message.about_id: message for message in failed.defer("raw").order_by("created_at")}

"""An employer's figures for a period, worked out from the ledger's rows. docs/reports.md has every
definition in words; each figure here is one statement, whatever the number of rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.hiring import figures_sql as sql
from sincerely.hiring.models import Job, Reason
from sincerely.hiring.models.follow_up import Channel
from sincerely.hiring.period import Period
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

# Messages that go out because a person decided or wrote something; a receipt, an automatic answer
# or the note that we are late is none.
BY_A_PERSON = ["moved", "reply", *(str(reason) for reason in Reason if reason != Reason.WITHDRAWN)]
# Above this many days, months are read more easily than weeks.
MOST_DAYS_IN_WEEKS = 120


@dataclass(frozen=True, slots=True)
class Step:
    """One week or month, by its first day."""

    first: dt.date
    kept: int
    missed: int


@dataclass(frozen=True, slots=True)
class Promises:
    """Dates given to applicants that fell into the period. Not in the share: `running`, which are
    not due yet, and `unproven`, for which there is no proof either way."""

    kept: int
    missed: int
    running: int
    unproven: int
    by_month: bool
    steps: tuple[Step, ...]

    @property
    def share(self) -> float | None:
        return share(self.kept, self.kept + self.missed)


@dataclass(frozen=True, slots=True)
class Answers:
    """Of the applications sent in the period: how many heard from a person, and after how many
    days half and nine tenths of those had (p50, p90); `spread` as in figures_sql.SPREAD.
    `receipts` leaves out those without an address, and the unproven of the last day."""

    applications: int
    answered: int
    p50: float | None
    p90: float | None
    receipts: int
    receipts_proven: int
    without_address: int
    spread: tuple[int, ...]

    @property
    def receipts_on_their_way(self) -> int:
        return self.applications - self.without_address - self.receipts

    @property
    def receipts_share(self) -> float | None:
        return share(self.receipts_proven, self.receipts)


@dataclass(frozen=True, slots=True)
class Stay:
    """Time in one stage: of `ended` stays, in days; `running` ones are not in it."""

    stage: str
    ended: int
    running: int
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Of the applications sent in the period: (channel, asked, needed a person) each, and
    `further` messages that were answered by themselves."""

    applications: int
    channels: tuple[tuple[str, int, int], ...]
    further: int

    @property
    def asked(self) -> int:
        return sum(asked for _, asked, _ in self.channels)

    @property
    def needed_a_person(self) -> int:
        return sum(person for _, _, person in self.channels)

    @property
    def avoided(self) -> int:
        """Interruptions avoided: questions that were answered without anybody being rung."""
        return self.asked - self.needed_a_person + self.further

    @property
    def per_100(self) -> float | None:
        return 100 * self.asked / self.applications if self.applications else None


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    applications: int
    hired: int


@dataclass(frozen=True, slots=True)
class Reached:
    """`funnel`: how many came at least as far as each stage, the hired last."""

    funnel: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """As of now: ends the applicant was not provably told, and open dates that have passed."""

    untold: int
    late: int


def share(part: int, whole: int) -> float | None:
    """Between 0 and 1; None of nothing."""
    return part / whole if whole else None


def _steps(rows: list[Any], by_month: bool) -> tuple[Step, ...]:
    """One after the other from the first row to the last, those without a row as well."""
    counted = {first: (kept, missed) for first, kept, missed, *_ in rows}
    first, steps = min(counted, default=dt.date.max), []
    while counted and first <= max(counted):
        steps.append(Step(first, *counted.get(first, (0, 0))))
        first += dt.timedelta(days=31 if by_month else 7)
        first = first.replace(day=1) if by_month else first
    return tuple(steps)


class Figures:
    """The figures of one employer in one period, for all jobs or one; each method is a statement,
    asked once."""

    def __init__(self, employer: Employer, period: Period, job: Job | None = None) -> None:
        begins, ends = period.instants
        self.employer, self.period, self.job = employer, period, job
        self._known: dict[str, list[Any]] = {}
        self._values = {
            "employer": employer.pk,
            "job": job and job.pk,
            "first": period.first,
            "last": period.last,
            "begins": begins,
            "ends": ends,
            "now": clock.now(),
            "today": clock.today(employer.time_zone),
        }

    def promises(self) -> Promises:
        """A promise counts as kept when proof that the applicant heard came by its day."""
        by_month = self.period.days > MOST_DAYS_IN_WEEKS
        rows = self._rows(sql.PROMISES, step="month" if by_month else "week")
        kept, missed, running, unproven = (sum(row[at] for row in rows) for at in (1, 2, 3, 4))
        return Promises(
            kept,
            missed,
            running,
            unproven,
            by_month=by_month,
            steps=_steps([row for row in rows if row[1] or row[2]], by_month),
        )

    def answers(self) -> Answers:
        """From the application to the first proof that a person's word arrived, or the first
        conversation."""
        row = self._rows(sql.ANSWERS, kinds=BY_A_PERSON)[0]
        applications, answered, percentiles, receipts, proven, without, spread = row
        half, most = percentiles or (None, None)
        return Answers(applications, answered, half, most, receipts, proven, without, tuple(spread))

    def stays(self) -> tuple[Stay, ...]:
        """From coming into a stage to leaving it, for the next one or by the end."""
        rows = self._rows(sql.STAYS)
        return tuple(
            Stay(stage, ended, running, *(percentiles or (None, None)))
            for stage, ended, running, percentiles in rows
        )

    def follow_ups(self) -> FollowUps:
        rows = {channel: (asked, person) for channel, asked, person in self._rows(sql.FOLLOW_UPS)}
        known = [(each.label, *rows[each]) for each in Channel if each in rows]
        return FollowUps(rows["applications"][0], tuple(known), further=rows[""][0])

    def reached(self) -> Reached:
        """How far the period's applications have come, and where they came from."""
        stages: Counter[int] = Counter()
        sources: Counter[str] = Counter()
        hired: Counter[str] = Counter()
        for source, position, reason, count in self._rows(sql.REACHED):
            stages[position or 0] += count
            sources[source] += count
            hired[source] += count if reason == Reason.HIRED else 0
        # Everybody comes into the first stage.
        funnel = [
            (stage.name, sum(n for position, n in stages.items() if position >= stage.position))
            for stage in setup_of(self.employer).stages[1:]
        ]
        return Reached(
            funnel=(("Applied", stages.total()), *funnel, ("Hired", hired.total())),
            sources=tuple(Source(name, n, hired[name]) for name, n in sources.most_common()),
        )

    def owed(self) -> Owed:
        return Owed(*self._rows(sql.NOW)[0])

    def told(self) -> tuple[int, int]:
        """(ends decided in the period, those that were provably told); without withdrawals."""
        decided, told = self._rows(sql.TOLD)[0]
        return decided, told

    def _rows(self, statement: str, **more: Any) -> list[Any]:
        if statement not in self._known:
            with connection.cursor() as cursor:
                text = sql.for_job(statement, job=self.job is not None)
                cursor.execute(text, self._values | more)
                self._known[statement] = cursor.fetchall()
        return self._known[statement]

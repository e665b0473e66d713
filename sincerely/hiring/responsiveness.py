"""How well an employer keeps its word, for anybody to read, where it wants that.

Worked out from the ledger's rows alone and never written by hand. A figure that rests on fewer than
LEAST applications is not given: it would say little, and might say it of somebody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.figure_words import counted, in_days, percent
from sincerely.hiring.figures import Answers, Figures, Promises, share
from sincerely.hiring.period import Period
from sincerely.kernel import clock
from sincerely.kernel.models import record

LEAST = 20
DAYS = 365


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure: `number` is None where it rests on too few."""

    title: str
    number: str | None
    sentence: str
    definition: str


@dataclass(frozen=True, slots=True)
class Responsiveness:
    """A year up to yesterday; `applications` are those sent in it."""

    period: Period
    applications: int
    statements: tuple[Statement, ...]


def responsiveness_of(employer: Employer) -> Responsiveness:
    """Three statements, at most once an hour in each process: anybody may ask for it."""
    yesterday = clock.today(employer.time_zone) - dt.timedelta(days=1)
    first = yesterday - dt.timedelta(days=DAYS - 1)
    period = Period(first, yesterday, employer.time_zone)
    return _worked_out(employer, period, clock.now().replace(minute=0, second=0, microsecond=0))


def publish(employer: Employer, wanted: bool, *, by: Any) -> bool:
    """Let anybody read it, or nobody; says whether that changed something."""
    with transaction.atomic():
        rows = Employer.objects.filter(pk=employer.pk, publishes_responsiveness=not wanted)
        if not rows.update(publishes_responsiveness=wanted):
            return False
        record("responsiveness", employer, by=by, data={"public": wanted})
    return True


@lru_cache(maxsize=1_000)
def _worked_out(employer: Employer, period: Period, hour: dt.datetime) -> Responsiveness:
    of = Figures(employer, period)
    answers = of.answers()
    statements = (_promises(of.promises()), _answers(answers), _told(*of.told()))
    return Responsiveness(period, answers.applications, statements)


def _promises(found: Promises) -> Statement:
    due = found.kept + found.missed
    more = f" {found.unproven} more passed without proof either way." if found.unproven else ""
    return Statement(
        "Promises kept",
        percent(found.share) if due >= LEAST else None,
        f"Of {counted(due, 'date')} that fell due, {found.kept} were kept.{more}",
        "Each applicant is told by which day they hear next. It was kept when there is proof that "
        "they heard by that day: a message that was delivered or relayed, or a conversation.",
    )


def _answers(found: Answers) -> Statement:
    waiting = found.applications - found.answered
    return Statement(
        "First human answer",
        in_days(found.p50) if found.answered >= LEAST else None,
        f"Half of those who heard from a person did within {in_days(found.p50)}. Of "
        f"{counted(found.applications, 'applicant')}, {waiting or 'none'} had not heard from a "
        "person yet.",
        "From the application to the first proof that a person’s decision or reply arrived, or the "
        "first conversation. Receipts and automatic answers do not count.",
    )


def _told(decided: int, told: int) -> Statement:
    return Statement(
        "Told how it ended",
        percent(share(told, decided)) if decided >= LEAST else None,
        f"Of {counted(decided, 'application')} that were decided, {told} applicants provably know.",
        "Only a message that was delivered or relayed, or a conversation, counts as told. "
        "Applications that were withdrawn are left out.",
    )

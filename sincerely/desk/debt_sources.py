"""The debts of Today, a method for each kind: in which group of the list, from which rows.

A new kind is one method here and one name in `RECRUITERS` or `MANAGERS`, which give the order
within a group.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sincerely.desk.access import DeskRequest, visible_applications, visible_jobs
from sincerely.desk.day_groups import Chain, Source, by_day, wants_mine
from sincerely.desk.debt_rows import Rows
from sincerely.hiring import debts, legal_clocks, scoring
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

Kind = dict[str, Source]
GROUPS = ("overdue", "today", "week", "later")
RECRUITERS = (
    "untold",
    "unreached",
    "by_law",
    "asked",
    "due",
    "to_score",
    "to_discuss",
    "late_drafts",
)
MANAGERS = ("to_score", "to_read")


class Debts:
    """What one member owes whom, as seen on this day."""

    def __init__(self, request: DeskRequest) -> None:
        self.request, self.employer = request, request.employer
        self.applications, self.jobs = visible_applications(request), visible_jobs(request)
        if request.membership.recruits and wants_mine(request.GET):
            self.jobs = self.jobs.filter(recruiter=request.user)
            self.applications = self.applications.of_jobs(self.jobs)
        self.day: dt.date = clock.today(self.employer.time_zone)
        self.rows = Rows(request, self.day)

    def by_group(self) -> dict[str, Chain]:
        """The list, group by group."""
        names = RECRUITERS if self.request.membership.recruits else MANAGERS
        kinds = {name: getattr(self, name)() for name in names}
        groups = GROUPS[:3] if self.request.membership.recruits else GROUPS
        return {group: Chain(*_in_group(kinds, group)) for group in groups}

    def untold(self) -> Kind:
        return self._at_once(debts.untold(self.applications), self.rows.untold)

    def unreached(self) -> Kind:
        return self._at_once(debts.unreached(self.applications), self.rows.unreached)

    def by_law(self) -> Kind:
        met = _shown(legal_clocks.interviewed(self.applications, self.employer))
        last = legal_clocks.day_of_interview(self.employer, self.day)
        return by_day(met, "interviewed_on", last, self.rows.by_law)

    def asked(self) -> Kind:
        return by_day(asked_of(self.jobs), "answer_by", self.day, self.rows.questions)

    def due(self) -> Kind:
        return by_day(_shown(debts.due(self.applications)), "due_on", self.day, self.rows.due)

    def to_score(self) -> Kind:
        owed = scoring.owed_by(self.request.user, self.applications)
        owed = owed.select_related("application__job__recruiter", "application__stage")
        return by_day(owed, "due_on", self.day, self.rows.to_score)

    def to_discuss(self) -> Kind:
        rows = debts.to_discuss(self.applications)
        return {"today": Source(_shown(rows), self.rows.to_discuss, rows.count())}

    def late_drafts(self) -> Kind:
        rows = debts.late_drafts(self.jobs)
        source = Source(rows.select_related("job"), self.rows.late_drafts, rows.count())
        return {"today": source}

    def to_read(self) -> Kind:
        waiting = debts.awaiting_word(
            self.applications, self.request.user, first_stage=first_stage(self.request)
        )
        return by_day(_shown(debts.due(waiting)), "due_on", self.day, self.rows.to_read)

    def _at_once(self, rows: Any, as_rows: Any) -> Kind:
        return {"overdue": Source(_shown(rows), as_rows, rows.count())}


def asked_of(jobs: Any) -> Any:
    """What applicants for these jobs asked and a person has to answer, as the lists show it."""
    return debts.to_answer(jobs).select_related("application__job__recruiter")


def first_stage(request: DeskRequest) -> Any:
    return setup_of(request.employer).stages[0].pk


def _in_group(kinds: dict[str, Kind], group: str) -> Iterable[Source]:
    for kind in kinds.values():
        if group in kind:
            yield kind[group]


def _shown(applications: Any) -> Any:
    return applications.select_related("job__recruiter", "stage")

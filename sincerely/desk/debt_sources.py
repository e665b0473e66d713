"""The debts of Today, a method for each kind: in which group of the list, from which rows.

A new kind is one method here and one name in `RECRUITERS` or `MANAGERS`, which give the order
within a group.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sincerely.desk.access import DeskRequest, visible_applications, visible_jobs
from sincerely.desk.day_groups import Chain, Source, by_day, wants_mine
from sincerely.desk.debt_rows import Rows
from sincerely.desk.interview_rows import InterviewRows
from sincerely.desk.mail import waiting_mail
from sincerely.hiring import debts, legal_clocks, scoring
from sincerely.hiring.models import Hold
from sincerely.hiring.setup import setup_of
from sincerely.hiring.unreached_members import unreached_members
from sincerely.kernel import clock

Kind = dict[str, Source]
RECRUITERS = (
    "untold",
    "unreached",
    "failed",
    "reminders",
    "by_law",
    "asked",
    "interviews",
    "interviews_over",
    "due",
    "to_score",
    "to_discuss",
    "without_receipt",
    "late_drafts",
    "mails",
    "on_hold",
)
MANAGERS = ("to_score", "to_read")
GROUPS = {True: ("overdue", "today", "week", "held"), False: ("overdue", "today", "week", "later")}
# What may wait until tomorrow, and its day, where it has one.
MAY_WAIT = {
    "by_law": "interviewed_on",
    "asked": "answer_by",
    "due": "due_on",
    "to_score": "due_on",
    "to_read": "due_on",
    "to_discuss": "",
    "late_drafts": "",
}


class Debts:
    """What one member owes whom, as seen on this day."""

    def __init__(self, request: DeskRequest) -> None:
        self.request, self.employer = request, request.employer
        self.recruits = request.membership.recruits
        self.applications, self.jobs = visible_applications(request), visible_jobs(request)
        if self.recruits and wants_mine(request.GET):
            self.jobs = self.jobs.filter(recruiter=request.user)
            self.applications = self.applications.of_jobs(self.jobs)
        self.day: dt.date = clock.today(self.employer.time_zone)
        self.rows = Rows(request, self.day)
        self.put_aside: dict[str, set[UUID]] = {}
        for kind, about_id in _put_aside(request, self.day):
            self.put_aside.setdefault(kind, set()).add(about_id)
        self.hidden = 0

    def by_group(self) -> dict[str, Chain]:
        """The list, group by group; afterwards `hidden` says how many are put aside."""
        names = RECRUITERS if self.recruits else MANAGERS
        kinds = {name: getattr(self, name)() for name in names}
        return {group: Chain(*_in_group(kinds, group)) for group in GROUPS[self.recruits]}

    def may_wait(self, kind: str, about_id: UUID) -> bool:
        """Whether this debt can be put aside until tomorrow: it is there, and not due by now."""
        if kind not in MAY_WAIT or kind not in (RECRUITERS if self.recruits else MANAGERS):
            return False
        rows = getattr(self, f"_{kind}")().filter(pk=about_id)
        day = self._last_day(kind)
        return rows.filter(**{f"{MAY_WAIT[kind]}__gt": day} if MAY_WAIT[kind] else {}).exists()

    # ── kinds ────────────────────────────────────────────────────────────────────────────────

    def untold(self) -> Kind:
        return self._at_once(debts.untold(self.applications), self.rows.untold)

    def unreached(self) -> Kind:
        return self._at_once(debts.unreached(self.applications), self.rows.unreached)

    def failed(self) -> Kind:
        rows = debts.failed(self.jobs)
        return {"overdue": Source(rows.select_related("job"), self.rows.failed, rows.count())}

    def reminders(self) -> Kind:
        found = unreached_members(self.employer)
        return {"overdue": Source(found, self.rows.unreached_members, len(found))}

    def by_law(self) -> Kind:
        return self._by_day("by_law", self.rows.by_law)

    def asked(self) -> Kind:
        return self._by_day("asked", self.rows.questions)

    def interviews(self) -> Kind:
        rows = InterviewRows(self.rows, self.applications, self.day)
        return {"overdue": rows.unpicked(), "today": rows.to_answer()}

    def interviews_over(self) -> Kind:
        rows = InterviewRows(self.rows, self.applications, self.day)
        return {"today": rows.without_outcome()}

    def due(self) -> Kind:
        return self._by_day("due", self.rows.due)

    def to_score(self) -> Kind:
        return self._by_day("to_score", self.rows.to_score)

    def to_read(self) -> Kind:
        return self._by_day("to_read", self.rows.to_read)

    def to_discuss(self) -> Kind:
        return self._without_day("to_discuss", self.rows.to_discuss)

    def without_receipt(self) -> Kind:
        rows = debts.without_receipt(self.applications)
        return {"today": Source(_shown(rows), self.rows.without_receipt, rows.count())}

    def late_drafts(self) -> Kind:
        return self._without_day("late_drafts", self.rows.late_drafts)

    def mails(self) -> Kind:
        rows = waiting_mail(self.request)
        return {"today": Source(rows, self.rows.mails, rows.count())}

    def on_hold(self) -> Kind:
        rows = debts.on_hold(self.applications)
        return {"held": Source(rows, self.rows.on_hold, rows.count())}

    # ── their rows ───────────────────────────────────────────────────────────────────────────

    def _by_law(self) -> Any:
        return _shown(legal_clocks.interviewed(self.applications, self.employer))

    def _asked(self) -> Any:
        return asked_of(self.jobs)

    def _due(self) -> Any:
        return _shown(debts.due(self.applications))

    def _to_score(self) -> Any:
        owed = scoring.owed_by(self.request.user, self.applications)
        return owed.select_related("application__job__recruiter", "application__stage")

    def _to_read(self) -> Any:
        first = first_stage(self.request)
        waiting = debts.awaiting_word(self.applications, self.request.user, first_stage=first)
        return _shown(debts.due(waiting))

    def _to_discuss(self) -> Any:
        return _shown(debts.to_discuss(self.applications))

    def _late_drafts(self) -> Any:
        return debts.late_drafts(self.jobs).select_related("job")

    def _at_once(self, rows: Any, as_rows: Any) -> Kind:
        return {"overdue": Source(_shown(rows), as_rows, rows.count())}

    def _by_day(self, kind: str, as_rows: Any) -> Kind:
        column, last = MAY_WAIT[kind], self._last_day(kind)
        rows = self._without_put_aside(kind, {f"{column}__gt": last})
        return by_day(rows, column, last, as_rows)

    def _without_day(self, kind: str, as_rows: Any) -> Kind:
        rows = self._without_put_aside(kind, {})
        return {"today": Source(rows, as_rows, rows.count())}

    def _without_put_aside(self, kind: str, later: dict[str, Any]) -> Any:
        """A promise cannot be hidden past its date: only what is due `later` may be."""
        rows = getattr(self, f"_{kind}")()
        if not (put_aside := self.put_aside.get(kind)):
            return rows
        self.hidden += rows.filter(pk__in=put_aside, **later).count()
        return rows.exclude(pk__in=put_aside, **later)

    def _last_day(self, kind: str) -> dt.date:
        """Today, as the column of this kind counts."""
        if kind == "by_law":
            return legal_clocks.day_of_interview(self.employer, self.day)
        return self.day


def asked_of(jobs: Any) -> Any:
    """What applicants for these jobs asked and a person has to answer, as the lists show it."""
    return debts.to_answer(jobs).select_related("application__job__recruiter")


def first_stage(request: DeskRequest) -> Any:
    return setup_of(request.employer).stages[0].pk


def _put_aside(request: DeskRequest, day: dt.date) -> Iterable[tuple[str, UUID]]:
    found: Iterable[tuple[str, UUID]] = Hold.objects.of(request.user, day).values_list(
        "kind", "about_id"
    )
    return found


def _in_group(kinds: dict[str, Kind], group: str) -> Iterable[Source]:
    return (kind[group] for kind in kinds.values() if group in kind)


def _shown(applications: Any) -> Any:
    return applications.select_related("job__recruiter", "stage")

"""What is owed about interviews, as rows of Today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sincerely.desk.day_groups import Source
from sincerely.desk.debt_rows import Row, Rows
from sincerely.desk.follow_up_words import shortened
from sincerely.hiring import interview_debts
from sincerely.hiring.models import Interview, InterviewNotice
from sincerely.hiring.models.interview_notice import NEEDS_A_PERSON


class InterviewRows:
    """Makes rows and sources of them for one request."""

    def __init__(self, rows: Rows, applications: Any, today: dt.date) -> None:
        self.rows, self.applications, self.today = rows, applications, today

    def unpicked(self) -> Source[Row]:
        """Nobody picked a time by the day by which they were to."""
        found = interview_debts.unpicked(self.applications, today=self.today)
        return _source(found, self._unpicked)

    def to_answer(self) -> Source[Row]:
        """Another time is wanted, or somebody cannot come."""
        return _source(interview_debts.asked_about(self.applications), self._asked)

    def without_outcome(self) -> Source[Row]:
        return _source(interview_debts.without_outcome(self.applications), self._without_outcome)

    def _unpicked(self, interviews: Iterable[Interview]) -> list[Row]:
        return [
            self._row(
                each,
                f"Ask {each.application.name} about the times for the {each.named}",
                "none of them was picked",
                icon="late",
                when="Not picked",
                is_late=True,
            )
            for each in interviews
        ]

    def _asked(self, interviews: Iterable[Interview]) -> list[Row]:
        interviews = list(interviews)
        said = _first_words(interviews)
        return [self._asked_row(each, said[each.pk]) for each in interviews if each.pk in said]

    def _asked_row(self, interview: Interview, notice: InterviewNotice) -> Row:
        name, words = interview.application.name, shortened(notice.text)
        if notice.is_applicants:
            what = f"Find another time with {name}"
        else:
            what = f"Find somebody to meet {name}: {notice.by} cannot come"
        note = f"“{words}”" if words else notice.get_said_display().lower()
        return self._row(interview, what, note, icon="calendar", when="Another time")

    def _without_outcome(self, interviews: Iterable[Interview]) -> list[Row]:
        return [
            self._row(
                each,
                f"Say whether the {each.named} with {each.application.name} took place",
                "its time is over",
                icon="calendar",
                when="No word yet",
            )
            for each in interviews
        ]

    def _row(self, interview: Interview, what: str, note: str, **more: Any) -> Row:
        key = f"{interview.pk}-{more['icon']}"
        return self.rows.about(
            interview.application, what, note, place="#interviews", key=key, **more
        )


def _source(found: Any, as_rows: Any) -> Source[Row]:
    shown = found.select_related("application__job__recruiter", "application__stage")
    return Source(shown, as_rows, found.count())


def _first_words(interviews: list[Interview]) -> dict[Any, InterviewNotice]:
    """What waits longest for an answer about each, in one statement."""
    open_ones = InterviewNotice.objects.filter(
        interview__in=[each.pk for each in interviews], said__in=NEEDS_A_PERSON, settled_at=None
    )
    return {each.interview_id: each for each in open_ones.order_by("-at")}

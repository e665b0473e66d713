"""The stretch of time, and the job, that a report was asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sincerely.desk.access import DeskRequest
from sincerely.hiring.models import Job
from sincerely.hiring.period import Period
from sincerely.kernel import clock

LENGTHS = (30, 90, 365)
USUAL = 90
# Records are kept for three years.
LONGEST = 3 * 366


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `fault` says what to change where it cannot be so; the usual
    period stands then."""

    period: Period
    days: int | None
    job: Job | None
    fault: str = ""

    @property
    def query(self) -> str:
        """The same again, for the address of a file."""
        job = f"&job={self.job.slug}" if self.job else ""
        return f"from={self.period.first}&to={self.period.last}{job}"


def asked_for(request: DeskRequest) -> Asked:
    """Read ?days=, or ?from= and ?to= (both inclusive), and ?job=."""
    today = clock.today(request.employer.time_zone)
    slug = request.GET.get("job", "")
    jobs: Any = request.employer.jobs  # type: ignore[attr-defined]
    job = jobs.filter(slug=slug).first() if slug else None
    fault = "There is no such job any more: this is for all jobs." if slug and not job else ""
    asked = request.GET.get("from", ""), request.GET.get("to", "")
    if any(asked):
        first, last, wrong = _custom(*asked, today)
        if not wrong:
            return Asked(_period(request, first, last), None, job, fault)
        fault = wrong
    days = request.GET.get("days", "")
    length = int(days) if days in map(str, LENGTHS) else USUAL
    first = today - dt.timedelta(days=length - 1)
    return Asked(_period(request, first, today), length, job, fault)


def _period(request: DeskRequest, first: dt.date, last: dt.date) -> Period:
    return Period(first, last, request.employer.time_zone)


def _custom(first: str, last: str, today: dt.date) -> tuple[dt.date, dt.date, str]:
    try:
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or str(today))
    except ValueError:
        return today, today, "Give both days, such as 2026-03-01 and 2026-05-31."
    if begin > end:
        return today, today, "The first day comes after the last. Change one of them."
    if (end - begin).days > LONGEST or begin.year < 2000 or end.year > 2100:
        return today, today, "At most three years at once. Bring the two days closer together."
    return begin, end, ""

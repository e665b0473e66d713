"""Which policies were published, are planned, and hold: from when, by whom, and what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState
from sincerely.hiring.models.policy_version import DatedPolicy
from sincerely.hiring.setup import Setup, setup_of
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from sincerely.protocol.policy_words import sentences


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `new` and `gone` are the sentences that came and went with it.

    `as_employer`: a job that goes by its employer's policy from then on. `replaced`: another row,
    written later, begins at the same moment, so this one never holds.
    """

    id: UUID
    begins: dt.datetime
    ends: dt.datetime | None
    by: str
    as_employer: bool
    replaced: bool
    new: list[str]
    gone: list[str]


@dataclass(frozen=True, slots=True)
class History:
    """`coming` begins with what comes first, `past` with what came last."""

    coming: list[Entry]
    past: list[Entry]


def history(employer: Employer, job: Job | None = None) -> History:
    """All rows for the job, or for all jobs. One statement beside the employer's setup."""
    setup, now = setup_of(employer), clock.now()
    rows = setup.policies.get(job.pk if job else None, ())
    by = _written_by([row.id for row in rows])
    entries = [_entry(setup, row, by.get(row.id, "")) for row in rows]
    entries.sort(key=lambda entry: entry.begins)
    return History(
        coming=[entry for entry in entries if entry.begins > now],
        past=[entry for entry in reversed(entries) if entry.begins <= now],
    )


def jobs_with_their_own(employer: Employer) -> list[Job]:
    """The jobs that do not go by the employer's policy now, by title; closed ones are left out."""
    setup, now = setup_of(employer), clock.now()
    own = [
        job_id
        for job_id in setup.policies
        if job_id and (row := setup.policy_row(job_id, now)) and row.policy
    ]
    jobs: Any = employer.jobs
    wanted = jobs.filter(pk__in=own).exclude(state=JobState.CLOSED).order_by("title", "id")
    return list(wanted) if own else []


def _written_by(ids: list[UUID]) -> dict[UUID, str]:
    events = Event.objects.filter(about_id__in=ids, kind="policy_changed")
    return dict(events.values_list("about_id", "by"))


def _entry(setup: Setup, row: DatedPolicy, by: str) -> Entry:
    said = sentences(row.policy or setup.policy(None, row.since))
    before = _said_before(setup, row)
    standing = setup.policy_row(row.job_id, row.since)
    return Entry(
        id=row.id,
        begins=row.since,
        ends=row.until,
        by=by,
        as_employer=row.policy is None,
        replaced=standing is not None and standing.id != row.id,
        new=[sentence for sentence in said if sentence not in before],
        gone=[sentence for sentence in before if sentence not in said],
    )


def _said_before(setup: Setup, row: DatedPolicy) -> list[str]:
    """The sentences that stood until this row began; none before the employer's first."""
    just_before = row.since - dt.timedelta.resolution
    anything = row.job_id or setup.policy_row(None, just_before)
    return sentences(setup.policy(row.job_id, just_before)) if anything else []

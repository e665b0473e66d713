"""Changing a contact policy as its form does, and reading what it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.contact_setup import fields_of, publish, read_change
from sincerely.hiring.models import Job
from sincerely.hiring.publishing import contact_sentences
from sincerely.kernel.clock import clock_at

NOON = dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC)
"""Noon in New York, on a Thursday; the fixture `noon` sets the clock to it."""
NEW_YEAR = dt.date(2027, 1, 1)
CALLS = {"stance": "calls_welcome", "phone": "+1 202 555 0123"}


def changed(employer: Employer, by: Identity, job: Job | None = None, **change: Any) -> bool:
    """Publish what holds now with these fields changed."""
    employer.refresh_from_db()
    if job:
        change = {"policy_of": "job"} | change
    wanted = read_change(employer, fields_of(employer, job) | change, job)
    done = publish(employer, wanted, by=by, job=job)
    employer.refresh_from_db()
    return done


def said(employer: Employer, job: Job | None = None, at: dt.datetime = NOON) -> str:
    """What applicants read at that moment."""
    with clock_at(at):
        return " ".join(contact_sentences(employer, job.pk if job else None))

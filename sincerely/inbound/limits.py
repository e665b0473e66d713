"""How much mail from one address is acted on: enough for any person, too little for a loop."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from sincerely.hiring.models import Job
from sincerely.kernel.limits import Limit, TooMany, count_use

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
FROM_ONE = Limit("mail-from", most=30, per=DAY)
NO_JOB_OPEN = Limit("mail-no-job-open", most=1, per=7 * DAY)


def is_a_flood(address: str) -> bool:
    """Count one mail of this address. Two machines that answer each other, each taking the other
    for a person, stop here."""
    return _is_over({FROM_ONE: address[:150]})


def is_too_many(job: Job, address: str) -> bool:
    """Count one application, together with those by the form (careers/limits.py)."""
    return _is_over(
        {
            Limit("apply-job", settings.APPLICATIONS_PER_JOB, HOUR): job.pk.hex,
            Limit("apply-as", settings.APPLICATIONS_PER_EMAIL, HOUR): address[:150],
        }
    )


def was_told_that_none_is_open(slug: str, address: str) -> bool:
    return _is_over({NO_JOB_OPEN: f"{slug}:{address}"[:150]})


def _is_over(uses: dict[Limit, str]) -> bool:
    try:
        count_use(uses)
    except TooMany:
        return True
    return False

"""A request failed that concerns somebody's application: kept before anybody asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from sincerely.kernel import clock
from sincerely.kernel.email_address import NotAnAddress, read_address
from sincerely.kernel.failures import Concern, Failed
from sincerely.kernel.limits import Limit, TooMany, count_use
from sincerely.kernel.text import one_line
from sincerely.outbox.render import storable
from sincerely.support.models.incident import US, Incident
from sincerely.support.models.trail import Kind
from sincerely.support.telling import forget, tell_hiring

HOUR = dt.timedelta(hours=1)
# Beyond these the log alone has them: a broken disk, or somebody who breaks pages on purpose.
FROM_ONE = Limit("incidents-from", most=30, per=HOUR)
FROM_ALL = Limit("incidents-all", most=2_000, per=HOUR)
FORGOTTEN_AFTER = dt.timedelta(days=30)


def note(failed: Failed) -> Incident | None:
    """Open an incident, or find the one of the same application that is not solved yet, and add
    this failure to its trail. None beyond the limits."""
    try:
        count_use({FROM_ONE: failed.network, FROM_ALL: "all"})
    except TooMany:
        return None
    with transaction.atomic():
        incident = _same(failed.concern) or _opened(failed)
        seen = storable(f"{failed.where}\n{failed.error}: {failed.reason}"[:2_000])
        incident.note(Kind.FAILED, by=US, text=seen, code=failed.code, at=failed.at)
        incident.is_ours = True  # also where it was somebody's word until now
        incident.was_try |= failed.concern.is_try and incident.job_key is not None
        incident.save(update_fields=["is_ours", "was_try"])
        tell_hiring(incident)
    return incident


def forget_unreported() -> int:
    """Delete old failures that nobody wrote about and nothing came of; returns how many."""
    long_ago = clock.now() - FORGOTTEN_AFTER
    old = list(
        Incident.objects.unreported().filter(failed_at__lt=long_ago).select_related("employer")
    )
    with transaction.atomic():
        for incident in old:
            forget(incident)
            incident.delete()
    return len(old)


def _same(concern: Concern) -> Incident | None:
    if concern.application_id is None:
        return None
    rows = Incident.objects.filter(application_key=concern.application_id, solved_at=None)
    found: Incident | None = rows.select_for_update(of=("self",)).order_by("failed_at").first()
    return found


def _opened(failed: Failed) -> Incident:
    concern = failed.concern
    employer = Employer.objects.filter(slug=concern.employer).first()
    known: dict[str, Any] = {
        "name": one_line(concern.name)[:200],
        "email": _address(concern.email),
        "job_key": _job_key(employer, concern.job),
        "application_key": concern.application_id,
    }
    new: Incident = Incident.objects.create(
        code=failed.code, employer=employer, failed_at=failed.at, **known
    )
    return new


def _job_key(employer: Employer | None, slug: str) -> Any:
    if employer is None or not slug:
        return None
    with employer.scope():
        return Job.objects.filter(slug=slug).values_list("pk", flat=True).first()


def _address(typed: str) -> str:
    try:
        return read_address(one_line(typed)[:254])
    except NotAnAddress:
        return ""

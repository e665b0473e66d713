"""The application system failed an applicant: what that changes here.

The follow-up is given back, and an application counts from its first try. Who runs the system
(support) tells of failures; who was told helps with them (docs/decisions/0028).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sincerely.hiring.dates import local_day
from sincerely.hiring.models import Application, Failure, Job
from sincerely.hiring.signals import failure_over
from sincerely.kernel import clock

GIVEN_BACK = "The application system failed."


def tell(key: UUID, **known: Any) -> Failure:
    """Take a failure, or what became of it since, from support: `key` is the incident's id,
    `known` are columns of Failure.

    Gives the follow-up back that was used before it. Where the application of a failed try has
    come by another way meanwhile, it counts from that try.
    """
    with transaction.atomic():
        failure, _ = Failure.objects.update_or_create(pk=key, defaults=known)
        application = _application_of(failure)
        if application:
            application.lock()
            if failure.was_try and failure.arrived_at is None:
                count_from(application, [failure])
            _give_back(application, failure)
    return failure


def forget(key: UUID) -> None:
    """Support keeps this failure no longer; nor is there a reason to here."""
    Failure.objects.filter(pk=key).delete()


def tries_before(job: Job, key: UUID, email: str) -> list[Failure]:
    """Tries to send this application that failed, the first one first: of the same form (`key`),
    or of the same person for this job. No statement where the job says that there were none."""
    if not getattr(job, "has_failed_tries", True):
        return []
    same = Q(application_key=key) | (Q(email=email) if email else Q())
    tries = Failure.objects.filter(same, job=job, was_try=True, arrived_at=None)
    return list(tries.order_by("failed_at", "id"))


def count_from(application: Application, tries: Sequence[Failure]) -> None:
    """The application has come: these tries (the first one first) are over, and it counts from the
    first of them."""
    for failure in tries:
        if failure.failed_at < application.applied_at:
            application.applied_at = failure.failed_at
            application.save(update_fields=["applied_at"])
        _over(failure, application.pk)
    data = {"code": tries[0].code, "failed_at": tries[0].failed_at.isoformat()}
    application.record("failed_before", by="sincerely", data=data)


def keep_with(draft_key: UUID, tries: Iterable[Failure]) -> None:
    """What failed before has come, but too late for the job: a person decides about the draft."""
    for failure in tries:
        _over(failure, draft_key)


def _over(failure: Failure, application_key: UUID) -> None:
    failure.application_key, failure.arrived_at = application_key, clock.now()
    failure.solved_at = failure.solved_at or failure.arrived_at
    failure.save(update_fields=["application_key", "arrived_at", "solved_at"])
    failure_over.send(sender=Failure, failure=failure, how="arrived", by="sincerely", note="")


def _application_of(failure: Failure) -> Application | None:
    rows = Application.objects.for_page()
    found: Any = rows.filter(pk=failure.application_key).first()
    if found is None and failure.was_try and failure.email:
        found = rows.filter(job=failure.job_id, email=failure.email).first()
    return found


def _give_back(application: Application, failure: Failure) -> None:
    """As the protocol sees it: what was used on an earlier day than the failure is back."""
    day: dt.date = local_day(failure.failed_at, application.employer)
    for used in application.follow_ups.standing():
        if local_day(used.at, application.employer) < day:
            used.give_back(GIVEN_BACK)

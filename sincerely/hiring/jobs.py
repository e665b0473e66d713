"""Hiring's jobs: each carries ids, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from sincerely.accounts.models import Membership
from sincerely.documents.models import KeptFile
from sincerely.hiring.lateness import wake
from sincerely.hiring.models import Promise
from sincerely.hiring.reminding import is_time, members_to_remind, remind
from sincerely.hiring.unfinished import GRACE, forget
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST
from sincerely.kernel.tenancy import across_employers, employer_scope

SWEPT_AT_ONCE = 10_000
# A job that got lost leaves its promise to a later sweep.
LEASE = dt.timedelta(hours=1)


@app.task(name="hiring.wake_promise", queue="default", retry=RETRY)
def wake_promise(employer_id: str, promise_id: str) -> None:
    with employer_scope(UUID(employer_id)):
        if promise := Promise.objects.open().filter(pk=promise_id).first():
            wake(promise)


@app.periodic(cron="*/5 * * * *", periodic_id="sweep_promises")
@app.task(queueing_lock="sweep_promises", priority=SWEEP_FIRST)
def sweep_promises(timestamp: int) -> None:
    """Give a job to each promise whose time to wake has come: read without locks, then leased
    employer by employer."""
    with across_employers():
        found = list(due_promises())
    for employer_id, rows in groupby(found, key=itemgetter(0)):
        with employer_scope(employer_id), transaction.atomic():
            _lease([promise_id for _, promise_id in rows], employer_id)


def due_promises() -> Any:
    """(employer id, promise id) of those to wake now, of all employers, for one sweep."""
    due = Promise.objects.due_to_wake(clock.now()).order_by("employer_id")
    return due.values_list("employer_id", "id")[:SWEPT_AT_ONCE]


def _lease(promise_ids: list[UUID], employer_id: UUID) -> None:
    due = Promise.objects.due_to_wake(clock.now()).filter(pk__in=promise_ids)
    leased = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True))
    Promise.objects.filter(pk__in=leased).update(wake_at=clock.now() + LEASE)
    jobs: list[Any] = [{"employer_id": str(employer_id), "promise_id": str(key)} for key in leased]
    if jobs:
        wake_promise.batch_defer(*jobs)


@app.task(name="hiring.remind_member", queue="default", retry=RETRY)
def remind_member(membership_id: str) -> None:
    """By the membership, because who left meanwhile is not reminded; nor is anybody whose job
    waited past the morning."""
    members = Membership.objects.select_related("employer", "identity")
    membership = members.filter(pk=membership_id).first()
    if membership and is_time(membership.employer):
        with membership.employer.scope():
            remind(membership)


@app.periodic(cron="3 * * * *", periodic_id="sweep_reminders")
@app.task(queueing_lock="sweep_reminders", priority=SWEEP_FIRST)
def sweep_reminders(timestamp: int) -> None:
    """Give a job to each member whose morning it is. What they owe, and whether they were told
    already, is looked up there: within the employer, without a lock over tenants."""
    jobs: list[Any] = [{"membership_id": str(each.pk)} for each in members_to_remind()]
    for first in range(0, len(jobs), SWEPT_AT_ONCE):
        remind_member.batch_defer(*jobs[first : first + SWEPT_AT_ONCE])


@app.periodic(cron="53 * * * *", periodic_id="sweep_kept_files")
@app.task(queueing_lock="sweep_kept_files")
def sweep_kept_files(timestamp: int) -> None:
    """Give a job to each file whose form was not finished in time."""
    with across_employers():
        over = KeptFile.objects.filter(until__lte=clock.now() - GRACE)
        found = list(over.values_list("employer_id", "id")[:SWEPT_AT_ONCE])
    for employer_id, kept_id in found:
        forget_kept_file.defer(employer_id=str(employer_id), kept_id=str(kept_id))


@app.task(name="hiring.forget_kept_file", queue="default", retry=RETRY)
def forget_kept_file(employer_id: str, kept_id: str) -> None:
    with employer_scope(UUID(employer_id)):
        if kept := KeptFile.objects.select_related("document").filter(pk=kept_id).first():
            forget(kept)

"""Support's jobs: each carries ids, calls one verb, and may run twice."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST
from sincerely.support.models import Incident
from sincerely.support.noting import forget_unreported

SWEPT_AT_ONCE = 1_000


@app.task(name="support.escalate", queue="default", retry=RETRY)
def escalate(incident_id: str) -> None:
    if incident := Incident.objects.filter(pk=incident_id).first():
        incident.escalate()


@app.periodic(cron="*/5 * * * *", periodic_id="sweep_incidents")
@app.task(queueing_lock="sweep_incidents", priority=SWEEP_FIRST)
def sweep_incidents(timestamp: int) -> None:
    """Give a job to each incident whose day may have passed; that is looked up at its place."""
    # East of Greenwich it is tomorrow already.
    late = Incident.objects.waiting().filter(escalated_at=None, reply_by__lte=clock.today("UTC"))
    found = late.values_list("pk", flat=True)[:SWEPT_AT_ONCE]
    jobs: list[Any] = [{"incident_id": str(key)} for key in found]
    if jobs:
        escalate.batch_defer(*jobs)


@app.periodic(cron="41 3 * * *", periodic_id="forget_incidents")
@app.task(queueing_lock="forget_incidents")
def forget_incidents(timestamp: int) -> None:
    """Delete old failures that nobody wrote about."""
    forget_unreported()

"""Background jobs: rows in PostgreSQL, deferred in the transaction of the row they serve."""

from __future__ import annotations

import json
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, JobDeferrer, Status

from sincerely.kernel.limits import forget_old_counts

log = structlog.get_logger()

# For what may fail once and work later, such as a database that restarts: 4 s, 16 s, … for a day.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
# A sweep never waits behind the backlog that it is there to keep moving.
SWEEP_FIRST = 100
# A job that took so many workers down with it is at fault itself.
MOST_ATTEMPTS = 25


def on_app_ready(app: App) -> None:
    """Called by Procrastinate; tasks register themselves when their module is imported."""


def worker_app() -> App:
    """The app that a worker runs: our tasks on a connection of its own, which can listen.

    A task's own `.defer(...)` stays on Django's connection, and so in the transaction of the row
    that it writes. (Procrastinate's `replace_connector` would move it to another connection: the
    job could start before its row is there, and would stay when the row is rolled back.)
    """
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    worker = App(
        connector=connector, import_paths=app.import_paths, worker_defaults=app.worker_defaults
    )
    worker.tasks, worker.periodic_registry = app.tasks, app.periodic_registry
    return worker


def defer_once(deferrer: JobDeferrer, **arguments: Any) -> bool:
    """Defer unless a job with the same `queueing_lock` waits already; says whether it did.

    Within a savepoint, because PostgreSQL gives up the whole transaction at the refused row.
    """
    try:
        with transaction.atomic():
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def defer_all(deferrers: list[JobDeferrer]) -> None:
    """Defer many jobs in one statement, each with its own time and lock."""
    if deferrers:
        app.job_manager.batch_defer_jobs(jobs=[deferrer.job for deferrer in deferrers])


_PUT_BEHIND = """
UPDATE procrastinate_jobs AS job SET priority = -place.number
FROM (
    SELECT id, (row_number() OVER (ORDER BY priority DESC, id) - 1) / %(share)s + 1 AS number
    FROM procrastinate_jobs
    WHERE status = 'todo' AND task_name = %(task)s AND args @> %(arguments)s
        AND (scheduled_at IS NULL OR scheduled_at <= now())
) AS place
WHERE job.id = place.id AND job.status = 'todo'
"""


def put_behind(task_name: str, share: int, **arguments: str) -> None:
    """Give the waiting jobs of a task with these arguments a lower priority, the first `share` of
    them -1, the next -2, and so on: what else waits comes before, and those of somebody else who
    was put behind come in between. Procrastinate has no verb for it; the columns are documented."""
    values: Any = {"task": task_name, "share": share, "arguments": json.dumps(arguments)}
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BEHIND, values)


@app.periodic(cron="* * * * *", periodic_id="sweep_stalled_jobs")
@app.task(queueing_lock="sweep_stalled_jobs", priority=SWEEP_FIRST)
async def sweep_stalled_jobs(timestamp: int) -> None:
    """Give jobs that a killed worker left `doing` back to the queue.

    A worker that gave no sign of life for WORKER_SILENT_SECONDS is taken for dead. One that was
    only suspended may run its job a second time, which every job allows.
    """
    silent_for = settings.WORKER_SILENT_SECONDS
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_for):
        await _give_back(job)


async def _give_back(job: Job) -> None:
    log.warning("stalled job", job=job.id, task=job.task_name, attempts=job.attempts)
    if job.attempts >= MOST_ATTEMPTS:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        # Its twin, with the same queueing lock, waits already: one of them is enough. Without
        # this, one such job would keep the sweep from all the others for ever.
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="17 * * * *", periodic_id="tidy")
@app.task(queueing_lock="tidy")
def tidy(timestamp: int) -> None:
    """Delete old counters."""
    forget_old_counts()

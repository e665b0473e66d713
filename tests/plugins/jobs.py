"""Runs deferred jobs inside the test's own transaction, where no real worker could see them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from sincerely.kernel import clock

_NEXT = """
UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    ORDER BY priority DESC, id LIMIT 1
) RETURNING id, task_name, args::text
"""


def run_due_jobs(at: dt.datetime | None = None) -> list[str]:
    """Run every job that is due (now, or at `at`), also those that they defer; returns names."""
    app.perform_import_paths()
    ran = []
    while job := _take(at or clock.now()):
        job_id, name, arguments = job
        task = app.tasks[name]
        context = [SimpleNamespace(job=SimpleNamespace(id=job_id))] if task.pass_context else []
        task.func(*context, **json.loads(arguments))
        _finish(job_id)
        ran.append(name.rpartition(".")[2])
    return ran


def waiting_jobs() -> list[tuple[str, dt.datetime | None]]:
    """Each waiting job's task and the time it is scheduled for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, scheduled_at FROM procrastinate_jobs "
            "WHERE status = 'todo' ORDER BY id"
        )
        return [(name.rpartition(".")[2], at) for name, at in cursor.fetchall()]


def _take(at: dt.datetime) -> tuple[int, str, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [at])
        return cursor.fetchone()


def _finish(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job_id])


@pytest.fixture
def run_jobs(db: None) -> Callable[..., list[str]]:
    """`run_jobs()` does what a worker would do now; `run_jobs(at)` what it would do then."""
    return run_due_jobs


@pytest.fixture(autouse=True)
def no_job_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where a test commits, Django empties its own tables alone; the queue is Procrastinate's."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    if not commits and "transactional_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, "
            "procrastinate_workers CASCADE"
        )

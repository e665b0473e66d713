"""The worker of the simulation: the product's own jobs and periodic tasks, by the moving clock.

Procrastinate's worker asks the database for the time, which nobody can move. So the rows of its
queue are taken here by the simulated time; what they call is the code that a worker calls.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from types import SimpleNamespace
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from sincerely.kernel import clock

# By the heartbeats of real worker processes, which there are none of.
NOT_HERE = {"sweep_stalled_jobs"}
_TAKE = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    ORDER BY priority DESC, id LIMIT 500
) RETURNING priority, id, task_name, args::text"""


class Worker:
    """Runs what is due at the present simulated time. `ran` counts the jobs by their task."""

    def __init__(self, begins: dt.datetime) -> None:
        app.perform_import_paths()
        self.ran: Counter[str] = Counter()
        periodic = app.periodic_registry.periodic_tasks.values()
        self._next = {
            each.periodic_id: (_next_time(each, begins), each)
            for each in periodic
            if each.periodic_id not in NOT_HERE
        }

    def work(self) -> None:
        """Every job that is due, and what it defers; then the periodic tasks whose time came."""
        self._work_off()
        for name, (at, each) in self._next.items():
            if at <= clock.now():
                each.task(timestamp=int(clock.now().timestamp()))
                self._next[name] = _next_time(each, clock.now()), each
        self._work_off()

    def _work_off(self) -> None:
        while jobs := self._take():
            for _, job_id, name, arguments in jobs:
                self._run(job_id, name, json.loads(arguments))

    def _take(self) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [clock.now()])
            return sorted(cursor.fetchall(), key=lambda job: (-job[0], job[1]))

    def _run(self, job_id: int, name: str, arguments: dict[str, Any]) -> None:
        """A job that raises ends the simulation: that is a fault to be mended."""
        task = app.tasks[name]
        context = [SimpleNamespace(job=SimpleNamespace(id=job_id))] if task.pass_context else []
        task.func(*context, **arguments)
        self.ran[name.rpartition(".")[2]] += 1


def _next_time(periodic: Any, after: dt.datetime) -> dt.datetime:
    found: dt.datetime = periodic.croniter.get_next(dt.datetime, start_time=after)
    return found

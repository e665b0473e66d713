"""`bench promises`: the sweep over open promises of many employers, one in a hundred due."""

from __future__ import annotations

import json
import time
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from sincerely.config.bench import database, figures
from sincerely.hiring.jobs import SWEPT_AT_ONCE, due_promises, sweep_promises
from sincerely.kernel import clock
from sincerely.kernel.tenancy import across_employers

AT_ONE_EMPLOYER = 1_000
ONE_DUE_OF = 100
LOOKS = 20
WOKEN = 1_000
NAME = "sincerely_bench_promises"

# An application that has ended keeps its promise open, as one does that was decided and not told.
_PREPARE = """
WITH due AS MATERIALIZED (
    SELECT employer_id, id FROM hiring_application WHERE ended_at IS NULL
    ORDER BY hashtext(id::text) LIMIT %(due)s
)
UPDATE hiring_promise promise SET outcome = 'open', settled_at = NULL, kept_by = '',
    due_on = CASE WHEN due.id IS NULL THEN %(today)s::date + 10 ELSE %(today)s::date - 5 END,
    wake_at = CASE WHEN due.id IS NULL THEN %(now)s::timestamptz + interval '12 days'
        ELSE %(now)s::timestamptz - interval '1 hour' END
FROM hiring_application application LEFT JOIN due
    ON due.employer_id = application.employer_id AND due.id = application.id
WHERE promise.employer_id = application.employer_id AND promise.application_id = application.id"""
_NEXT = """
DELETE FROM procrastinate_jobs WHERE id IN (
    SELECT id FROM procrastinate_jobs WHERE task_name = 'hiring.wake_promise' ORDER BY id LIMIT %s
) RETURNING args::text"""


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    """Milliseconds of finding, seconds of leasing and deferring all, and how many are settled a
    second by one worker: the miss noted, the late note written, the new date promised."""
    spread = database.Size(size.candidates, max(size.candidates // AT_ONE_EMPLOYER, 1))
    home = connection.settings_dict["NAME"]
    database.use(spread, say)
    database.use_copy(spread, NAME, home, say)
    due = min(max(spread.candidates // ONE_DUE_OF, 1), SWEPT_AT_ONCE)
    _prepare(due, say)
    looks, plan = [_find(due) for _ in range(LOOKS)], _plan()
    began = time.perf_counter()
    sweep_promises(0)
    deferred = time.perf_counter() - began
    rate = _settled_per_second(min(due, WOKEN))
    database.connect_to(home)
    return {
        "open_promises": spread.candidates,
        "employers": spread.employers,
        "due": due,
        **figures.spread(looks),
        "found_by": plan,
        "defer_s": round(deferred, 2),
        "rate_per_s": round(rate),
    }


def _prepare(due: int, say: database.Say) -> None:
    say(f"Opening every promise, {due:,} of them due …")
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_PREPARE, {"due": due, "today": now.date(), "now": now})
        cursor.execute("VACUUM (ANALYZE) hiring_promise")


def _find(due: int) -> float:
    began = time.perf_counter()
    with across_employers():
        found = len(due_promises())
    took = time.perf_counter() - began
    if found != due:
        raise RuntimeError(f"{found} of {due} due promises were found.")
    return took * 1000


def _plan() -> list[str]:
    """How PostgreSQL finds them, and the pages that it reads for it."""
    with across_employers():
        plan: str = due_promises().explain(analyze=True, buffers=True)
    return plan.splitlines()


def _settled_per_second(number: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [number])
        jobs = [json.loads(row[0]) for row in cursor.fetchall()]
    task = app.tasks["hiring.wake_promise"]
    began = time.perf_counter()
    for arguments in jobs:
        task.func(**arguments)
    return len(jobs) / (time.perf_counter() - began)

"""With real workers, each a process of its own, as an installation runs them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from sincerely.kernel import jobs

WORKER = """
import asyncio, sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.WORKER_SILENT_SECONDS = 1
from procrastinate.contrib.django import app
import tests.kernel.job_samples
from sincerely.kernel.jobs import worker_app
worker_app().run_worker(
    wait=sys.argv[2] == "wait", fetch_job_polling_interval=0.2, update_heartbeat_interval=0.3,
    queues=["default"],
)
"""


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Any]:
    started: list[subprocess.Popen[bytes]] = []

    def start(mode: str = "wait") -> subprocess.Popen[bytes]:
        database = connection.settings_dict["NAME"]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sincerely.config.settings"}
        started.append(
            subprocess.Popen([sys.executable, "-c", WORKER, database, mode], env=environment)
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(path: Path, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, f"{path.name} did not appear"
        time.sleep(0.05)


def states() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        return [(name.rpartition(".")[2], status) for name, status in cursor.fetchall()]


def sweep() -> None:
    """Ask for a sweep, where the worker's own clock has not done so yet."""
    jobs.defer_once(jobs.sweep_stalled_jobs.configure(), timestamp=0)


def test_a_job_that_a_killed_worker_left_is_finished_by_the_next(
    worker: Any, tmp_path: Path
) -> None:
    from tests.kernel.job_samples import take_long

    mark = tmp_path / "mark"
    take_long.defer(path=str(mark))
    first = worker()
    wait_for(Path(f"{mark}.began"))
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert ("take_long", "doing") in states()

    time.sleep(1.5)  # The dead worker's last sign of life must be older than a second.
    sweep()
    worker()
    wait_for(mark)

    assert mark.read_text() == "done\n"


def test_a_stalled_job_whose_twin_waits_does_not_stop_the_sweep(
    worker: Any, tmp_path: Path
) -> None:
    from tests.kernel.job_samples import mark

    left, twin, other = (tmp_path / name for name in ("left", "twin", "other"))
    mark.configure(queueing_lock="same", priority=10).defer(path=str(left))
    mark.configure(queueing_lock=None).defer(path=str(other))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    mark.configure(queueing_lock="same").defer(path=str(twin))
    sweep()

    worker()
    wait_for(other)
    wait_for(twin)

    assert not left.exists()


def test_a_job_that_kills_its_workers_is_given_up(worker: Any, tmp_path: Path) -> None:
    from tests.kernel.job_samples import mark

    poison, later = tmp_path / "poison", tmp_path / "later"
    mark.defer(path=str(poison))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [jobs.MOST_ATTEMPTS]
        )
    sweep()
    mark.configure(schedule_in={"seconds": 1}).defer(path=str(later))
    worker()
    wait_for(later)
    assert not poison.exists()
    assert ("mark", "failed") in states()


def test_inside_a_worker_too_a_job_belongs_to_its_transaction(worker: Any, tmp_path: Path) -> None:
    from tests.kernel.job_samples import defer_and_roll_back, mark

    never, last = tmp_path / "never", tmp_path / "last"
    defer_and_roll_back.defer(path=str(never))
    mark.configure(schedule_in={"seconds": 1}).defer(path=str(last))
    worker()
    wait_for(last)
    assert not never.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_refused_for_its_queueing_lock_leaves_the_transaction_whole(tmp_path: Path) -> None:
    from tests.kernel.job_samples import mark

    job = mark.configure(queueing_lock="once")
    with transaction.atomic():
        assert jobs.defer_once(job, path="a")
        assert not jobs.defer_once(job, path="b")
        mark.defer(path="c")
    assert [name for name, _ in states()] == ["mark", "mark"]


@pytest.mark.django_db(transaction=True)
def test_a_job_is_gone_when_its_transaction_is_undone() -> None:
    from tests.kernel.job_samples import mark

    with transaction.atomic():
        mark.defer(path="x")
        transaction.set_rollback(True)
    assert states() == []

"""`bench closeout`: a job with 20,000 open applications is closed with the button on its page.

The web server and a worker run as they would anywhere. While the worker ends the applications, the
page that shows how far it is and Today are asked for once a second. Afterwards each application is
looked at: it has an end, one message that tells of it, and that message a job that delivers it.
"""

from __future__ import annotations

import datetime as dt
import http.client
import threading
import time
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.config.bench import database, figures
from sincerely.config.bench.applicants import form_at
from sincerely.config.bench.lookup import ROSA
from sincerely.config.bench.served import Served
from sincerely.config.bench.working import Working
from sincerely.hiring.models import Job, Reason
from sincerely.kernel import clock

NAME = "sincerely_bench_closeout"
JOB = "/desk/employer-1/jobs/job-1/closing/"
WATCHED = {"progress": f"{JOB}progress/", "today": "/desk/employer-1/"}
ROUNDS_BEFORE = 10
_MOST_SECONDS = 600

# As in an installation that goes on: no promise waits for the sweep, and statistics are kept.
_PREPARE = (
    "UPDATE hiring_promise SET wake_at = now() + interval '1 day' WHERE wake_at IS NOT NULL",
    "VACUUM hiring_promise",
    "ANALYZE",
)
_WHOLE = """
SELECT count(*) FROM hiring_application application
JOIN hiring_closure closure ON closure.employer_id = application.employer_id
    AND closure.application_id = application.id
JOIN outbox_message message ON message.employer_id = closure.employer_id
    AND message.id = closure.message_id AND message.kind = 'job_filled'
JOIN procrastinate_jobs job ON job.queueing_lock = 'message:' || message.id || ':later'
WHERE application.employer_id = %s AND application.job_id = %s AND application.ended_at >= %s"""


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    """`queued_s` is from the button to the last end, its message and its job."""
    home = connection.settings_dict["NAME"]
    database.use(size, say)
    database.use_copy(size, NAME, home, say)
    with connection.cursor() as cursor:
        for statement in _PREPARE:
            cursor.execute(statement)
    employer = Employer.objects.get(slug="employer-1")
    with employer.scope(), Served(port) as served:
        result = _closed(Job.objects.get(slug="job-1"), served, say)
    database.connect_to(home)
    return {"candidates": size.candidates, **result}


def _closed(job: Job, served: Served, say: database.Say) -> dict[str, Any]:
    cookie, total = served.sign_in(ROSA), _open(job)
    form = form_at(served.port, JOB, cookie) | {"reason": str(Reason.JOB_FILLED)}
    with Working(served) as working:
        before = Watching(served.port, cookie).ask(ROUNDS_BEFORE)
        say(f"Closing a job with {total:,} open applications …")
        used, began = (working.processor_seconds(), database.processor_seconds()), clock.now()
        with Watching(served.port, cookie) as watching:
            pressed = _press(served.port, cookie, form)
            seconds = pressed + _wait(job)
        worker = working.processor_seconds() - used[0]
        postgres = database.processor_seconds() - used[1]
    return {
        "applications": total,
        "queued_s": round(seconds, 1),
        "rate_per_s": round(total / seconds),
        "button_ms": round(pressed * 1000),
        "worker_cpu_s": round(worker, 1),
        "database_cpu_s": round(postgres, 1),
        "before": before.told(),
        "meanwhile": watching.told(),
        "failed": watching.failed,
        "lost": total - _whole(job, began),
    }


def _press(port: int, cookie: str, form: dict[str, str]) -> float:
    """Seconds of the answer to the button."""
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{port}{JOB}",
    }
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    client.request("POST", JOB, urlencode(form), headers)
    answer = client.getresponse()
    took = time.perf_counter() - began
    client.close()
    if answer.status != 302:
        raise RuntimeError(f"The button answers {answer.status}.")
    return took


def _wait(job: Job) -> float:
    """Seconds until no application of the job is open."""
    began = time.perf_counter()
    while _open(job):
        if time.perf_counter() - began > _MOST_SECONDS:
            raise RuntimeError("It took too long; worker.log says why.")
        time.sleep(0.1)
    return time.perf_counter() - began


def _open(job: Job) -> int:
    return int(job.applications.open().count())


def _whole(job: Job, since: dt.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WHOLE, [job.employer_id, job.pk, since])
        return int(cursor.fetchone()[0])


class Watching:
    """Asks for the pages once a second, each on the same connection, while the block lasts."""

    def __init__(self, port: int, cookie: str) -> None:
        self.times: dict[str, list[float]] = {name: [] for name in WATCHED}
        self.failed = 0
        self._headers = {"Cookie": cookie}
        self._client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self.ask, daemon=True)

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        self._thread.join()

    def ask(self, rounds: int = _MOST_SECONDS) -> Watching:
        for _ in range(rounds):
            for name, path in WATCHED.items():
                self.times[name].append(self._milliseconds(path))
            if self._over.wait(1):
                break
        return self

    def told(self) -> dict[str, dict[str, float]]:
        return {name: figures.spread(times) for name, times in self.times.items()}

    def _milliseconds(self, path: str) -> float:
        began = time.perf_counter()
        self._client.request("GET", path, headers=self._headers)
        answer = self._client.getresponse()
        answer.read()
        # 286 is what htmx is told when there is nothing to wait for any more.
        self.failed += answer.status not in {200, 286}
        return (time.perf_counter() - began) * 1000

"""`bench mail`: reports that come in and mail that goes out.

In: reports about receipts, half of them failures, are read one after the other in this process:
read, matched, settled in the database, and heard by hiring. Out: a worker with four jobs at a time
sends to a sink that takes 50 ms over each mail; afterwards each mail is looked for in the sink.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings

from sincerely.accounts.models import Employer
from sincerely.config.bench import database, figures, processes
from sincerely.config.bench.served import SINCERELY
from sincerely.hiring.models import Application
from sincerely.inbound.models import InboundMail
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.models.message import Letter
from sincerely.outbox.sink.maildir import Maildir
from sincerely.outbox.sink.reports import DELIVERED, FAILED, Asked, build_report

REPORTS, SENT = 1_000, 1_000
DOMAIN = "bench.example"
THREADS, LATENCY_SECONDS = 4, 0.05
_SECONDS_TO_START, _MOST_SECONDS = 30, 300
State = Message.State


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    database.use(size, say)
    employer = Employer.objects.get(slug="employer-1")
    with employer.scope():
        _forget_former_runs()
        reports = _reports(employer)
        sending = _sending(employer, port or _free_port())
    return {"candidates": size.candidates, "bounces": reports, "sending": sending}


def _forget_former_runs() -> None:
    """So that each run measures a first report, and sends to addresses that get mail."""
    Message.objects.unsent().delete()
    Message.objects.filter(to_address__endswith=f"@{DOMAIN}").delete()
    Suppression.objects.filter(address__endswith=f"@{DOMAIN}").delete()


# ── In ──────────────────────────────────────────────────────────────────────────────────────────


def _reports(employer: Employer) -> dict[str, Any]:
    messages = _queued(employer, REPORTS)
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(state=State.SENT)
    mails = [_stored(message, number) for number, message in enumerate(messages)]
    used, database_used = time.process_time(), database.processor_seconds()
    began, times = time.perf_counter(), []
    for mail in mails:
        each = time.perf_counter()
        mail.read()
        times.append((time.perf_counter() - each) * 1000)
    seconds = time.perf_counter() - began
    cpu = time.process_time() - used, database.processor_seconds() - database_used
    states = Counter(
        Message.objects.filter(pk__in=[message.pk for message in messages]).values_list(
            "state", flat=True
        )
    )
    return {
        **figures.spread(times),
        "rate_per_s": round(REPORTS / seconds, 1),
        "rate_of_one_core_per_s": round(REPORTS / sum(cpu), 1),
        "cpu_ms": round(cpu[0] * 1000 / REPORTS, 2),
        "database_cpu_ms": round(cpu[1] * 1000 / REPORTS, 2),
        "lost": REPORTS - states[State.BOUNCED] - states[State.DELIVERED],
    }


def _stored(message: Message, number: int) -> InboundMail:
    """The report on one message as it comes in, stored, its job left out."""
    sender = f"{message.token}@{settings.BOUNCE_DOMAIN}"
    asked = Asked(sender, message.to_address, envid=message.token)
    raw = build_report(asked, FAILED if number % 2 else DELIVERED, bytes(message.raw))
    mail = InboundMail(digest=message.token[:64], sender="", recipients=[sender], raw=raw)
    mail.save(force_insert=True)
    return mail


# ── Out ─────────────────────────────────────────────────────────────────────────────────────────


def _sending(employer: Employer, port: int) -> dict[str, Any]:
    home = Path(settings.HOME) / "bench"
    folder = home / "sink"
    shutil.rmtree(folder, ignore_errors=True)
    messages = {message.pk: message for message in _queued(employer, SENT)}
    environment = {
        "DATABASE_URL": database.address(),
        "SINCERELY_HOME": str(home),
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    sink = ["sink", f"--port={port}", f"--latency={LATENCY_SECONDS}", f"--folder={folder}"]
    with _Process(home, environment, *sink, "--reports-to=0") as receiving:
        receiving.wait_for(port)
        worker = ["worker", "--queues", "mail", f"--concurrency={THREADS}"]
        with _Process(home, environment, *worker) as sending:
            began, first = _wait_until_sent(messages, at_least=SENT // 20)
            before = sending.processor_seconds(), database.processor_seconds()
            ended, sent = _wait_until_sent(messages, at_least=SENT)
            used = sending.processor_seconds(), database.processor_seconds()
    came = Counter(str(kept.mail["Message-ID"]) for kept in Maildir(folder).newest(2 * SENT))
    return {
        "threads": THREADS,
        "latency_ms": LATENCY_SECONDS * 1000,
        "rate_per_s": round((sent - first) / (ended - began), 1),
        "cpu_ms": round((used[0] - before[0]) * 1000 / (sent - first), 2),
        "database_cpu_ms": round((used[1] - before[1]) * 1000 / (sent - first), 2),
        "twice": sum(number - 1 for number in came.values()),
        "lost": sum(message.message_id not in came for message in messages.values()),
    }


def _queued(employer: Employer, number: int) -> list[Message]:
    applications = Application.objects.order_by("id").values_list("id", flat=True)[:number]
    letters: list[Letter] = [
        {
            "employer": employer,
            "kind": "receipt",
            "about_id": application,
            "to_address": f"jo{place}@{DOMAIN}",
            "to_name": "Jo Smith",
            "subject": "We have your application",
            "text": "Dear Jo,\n\nyour application has arrived, complete and readable.\n" * 10,
        }
        for place, application in enumerate(applications)
    ]
    return list(Message.objects.queue_all(letters))


def _wait_until_sent(messages: dict[Any, Message], *, at_least: int) -> tuple[float, int]:
    """The time at which so many were sent (or the limit was over), and how many those were."""
    until = time.perf_counter() + _MOST_SECONDS
    while True:
        sent = Message.objects.filter(pk__in=messages, state=State.SENT).count()
        now = time.perf_counter()
        if sent >= at_least or now > until:
            return now, sent
        time.sleep(0.2)


class _Process:
    """One of our processes beside this one, while the block lasts."""

    def __init__(self, home: Path, environment: dict[str, str], *command: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._log = (home / f"{command[0]}.log").open("wb")
        self._running = subprocess.Popen(  # noqa: S603
            [*SINCERELY, *command],
            env=os.environ | environment,
            stdout=self._log,
            stderr=self._log,
        )

    def __enter__(self) -> _Process:
        return self

    def processor_seconds(self) -> float:
        return processes.processor_seconds(self._running.pid)

    def wait_for(self, port: int) -> None:
        until = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"Nothing listens on port {port}: {self._log.name} says why.")

    def __exit__(self, *raised: object) -> None:
        self._running.terminate()
        try:
            self._running.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        self._log.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""One run: people apply, parts are killed, and in the end every receipt is counted."""

from __future__ import annotations

import contextlib
import io
import random
import sys
import threading
import time
from argparse import Namespace
from collections import Counter
from typing import Any

import django
import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connections

from tests.chaos.mail_server import Dice, copies
from tests.chaos.processes import CONCURRENCY, VICTIMS, Installation
from tests.outbox.faulty_server import Faults

ADDRESS = "/e/employer-1/jobs/job-1/apply/"
CLIENTS = 4


class Run:
    def __init__(
        self, installation: Installation, mail: Faults, dice: Dice, options: Namespace
    ) -> None:
        self.installation, self.mail, self.dice, self.options = installation, mail, dice, options
        self.random = random.Random(options.seed)
        self.killed: Counter[str] = Counter()
        self.acknowledged: list[str] = []
        self.began = time.monotonic()

    def result(self) -> dict[str, Any]:
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("seed", candidates=10, stdout=io.StringIO())
        self._say("seeded")
        clients = threading.Thread(target=self._apply_all, daemon=True)
        self.installation.tend()
        self._wait_for_the_web()
        self._say("web")
        clients.start()
        self._kill_now_and_then()
        self._say("killed")
        while clients.is_alive() or self._unsent():
            if time.monotonic() - self.began > self.options.give_up_after:
                break
            self._go_on()
        self._say("sent")
        return self._counted()

    def _say(self, what: str) -> None:
        sys.stderr.write(f"{time.monotonic() - self.began:6.1f} s  {what}\n")

    # ── People ──────────────────────────────────────────────────────────────────────────────────

    def _wait_for_the_web(self) -> None:
        from sincerely.config.bench.applicants import form_at

        while True:
            with contextlib.suppress(OSError):
                self.form = form_at(self.installation.port, ADDRESS)
                return
            time.sleep(0.2)

    def _apply_all(self) -> None:
        """As many people at once as there are clients, spread over the time of the kills."""
        numbers = iter(range(self.options.applications))
        gate = threading.Lock()
        lasts = self.options.kills * self.options.seconds_between

        def work() -> None:
            while True:
                with gate:
                    number = next(numbers, None)
                if number is None:
                    return
                self._apply(number)
                time.sleep(self.random.random() * 2 * lasts * CLIENTS / self.options.applications)

        threads = [threading.Thread(target=work, daemon=True) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _apply(self, number: int) -> None:
        """Send one form until it is acknowledged, as somebody who sees an error page would."""
        from sincerely.config.bench import applicants, load

        request = applicants.application(ADDRESS, self.form, number)
        while True:
            plan = load.Plan(self.installation.port, [request], strangers=True)
            (answer,) = load.send(plan).answers
            if answer.status == 303:
                self.acknowledged.append(request.fields["form_key"])
                return
            time.sleep(0.3)

    # ── Misfortune ──────────────────────────────────────────────────────────────────────────────

    def _kill_now_and_then(self) -> None:
        for _ in range(self.options.kills):
            wait = self.options.seconds_between * (0.5 + self.random.random())
            until = time.monotonic() + wait
            while time.monotonic() < until:
                self._go_on()
            victim = self.random.choice(VICTIMS)
            self.installation.kill(victim)
            self.killed[victim] += 1

    def _go_on(self) -> None:
        """Start again what is down, and let time pass faster than it does."""
        self.installation.tend()
        with contextlib.suppress(DatabaseError, psycopg.Error):
            self._hurry()
        time.sleep(0.3)

    def _hurry(self) -> None:
        """No pause between two attempts lasts longer than this, and sweeps come all the time."""
        from sincerely.kernel.jobs import defer_once, sweep_stalled_jobs
        from sincerely.outbox.jobs import sweep_messages

        with self._cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = now() "
                "WHERE status = 'todo' AND scheduled_at > now() "
                "AND task_name LIKE '%deliver_message'"
            )
        for sweep in (sweep_stalled_jobs, sweep_messages):
            defer_once(sweep, timestamp=0)

    # ── The count ───────────────────────────────────────────────────────────────────────────────

    def _unsent(self) -> bool:
        try:
            return self._rows("SELECT 1 FROM outbox_message WHERE state IN ('queued', 'sending')")
        except (DatabaseError, psycopg.Error):
            return True

    def _counted(self) -> dict[str, Any]:
        rows = self._rows(
            "SELECT about_id::text, message_id, state FROM outbox_message WHERE kind = 'receipt'"
            " AND message_id <> ''"
        )
        receipts = {about: (message_id, state) for about, message_id, state in rows}
        came, differing = copies(self.mail.got)
        lost = [
            key
            for key in self.acknowledged
            if key not in receipts or receipts[key][1] != "sent" or not came[receipts[key][0]]
        ]
        doubled = len(rows) - len(receipts)
        duplicates = sum(number - 1 for number in came.values())
        bound = sum(self.killed.values()) * CONCURRENCY + self.dice.dropped
        return {
            "applications": self.options.applications,
            "acknowledged": len(self.acknowledged),
            "kills": dict(self.killed),
            "lost": len(lost),
            "second_receipts": doubled,
            "copies_with_the_same_message_id": duplicates,
            "dropped_after_the_final_dot": self.dice.dropped,
            "with_other_bytes": differing,
            "seconds": round(time.monotonic() - self.began),
            "ok": len(self.acknowledged) == self.options.applications
            and not (lost or doubled or differing)
            and duplicates <= bound,
        }

    def _rows(self, sql: str) -> Any:
        with self._cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def _cursor(self) -> Any:
        for connection in connections.all(initialized_only=True):
            connection.close_if_unusable_or_obsolete()
        return connections["default"].cursor()

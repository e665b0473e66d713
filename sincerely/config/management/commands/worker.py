"""``sincerely worker``: jobs, and the periodic tasks that sweep up what others left."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sincerely.kernel.jobs import worker_app


class Command(BaseCommand):
    help = "Work on jobs: mail, reading resumes, deadlines. Run it on as many machines as you like."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=4, help="jobs worked on at once")
        parser.add_argument("--queues", nargs="*", help="only these queues; default: all")
        parser.add_argument(
            "--once", action="store_true", help="end when there is nothing to do at the moment"
        )
        parser.add_argument(
            "--finish-within",
            type=float,
            default=60,
            metavar="SECONDS",
            help="time that running jobs get when the worker is told to stop",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Each job computes for a moment between two answers of a server; what another one, or the
        # loop that hands out jobs, waits for it should not be longer than that (default: 5 ms).
        sys.setswitchinterval(0.001)
        worker_app().run_worker(
            queues=options["queues"] or None,
            concurrency=options["concurrency"],
            wait=not options["once"],
            shutdown_graceful_timeout=options["finish_within"],
            fetch_job_polling_interval=1.0,
            # What they did is in the rows that they serve; those that failed are kept.
            delete_jobs="successful",
        )

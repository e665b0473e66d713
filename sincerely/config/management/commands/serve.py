"""``sincerely serve``: the web server."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

TARGET = "sincerely.config.wsgi:application"


class Command(BaseCommand):
    help = "Serve the web pages and the API. Run it on as many machines as you like."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = int(os.environ.get("PORT", "8000"))
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=port, help="default: PORT, or 8000")
        parser.add_argument("--workers", type=int, default=2, help="processes; one per core")
        parser.add_argument(
            "--threads",
            type=int,
            default=pool_size(),
            help="requests worked on at once in a process; default: its database connections",
        )
        parser.add_argument(
            "--stop-seconds",
            type=int,
            default=30,
            help="how long requests may take to end when it is told to stop",
        )
        parser.add_argument("--access-log", action="store_true", help="one line for each request")

    def handle(self, *args: Any, **options: Any) -> None:
        # Imported here: other commands must not pay for it.
        from granian import Granian
        from granian.constants import Interfaces
        from granian.http import HTTP1Settings

        Granian(
            TARGET,
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            # Requests beyond it wait in the kernel's queue instead of holding memory here.
            backpressure=options["threads"] * 2,
            websockets=False,
            http1_settings=HTTP1Settings(header_read_timeout=20_000),
            log_access=options["access_log"],
            respawn_failed_workers=True,
            workers_kill_timeout=options["stop_seconds"],
        ).serve()


def pool_size() -> int:
    """Connections in a process's pool: more threads than that would only wait for one."""
    options = settings.DATABASES["default"].get("OPTIONS", {})
    return int(options.get("pool", {}).get("max_size", 8))

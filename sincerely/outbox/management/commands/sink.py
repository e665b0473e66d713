"""``sincerely sink``: a mail server for the demo; see what it got at /sink/."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sincerely.outbox.sink.maildir import Maildir
from sincerely.outbox.sink.reports import Reporter
from sincerely.outbox.sink.server import SinkHandler, listen


class Command(BaseCommand):
    help = "Take every mail, keep it as a file, and send delivery reports. For demo and tests."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.EMAIL_PORT)
        parser.add_argument(
            "--reports-to",
            type=int,
            default=settings.INBOUND_PORT,
            metavar="PORT",
            help="where `sincerely mailin` receives; 0 sends no reports",
        )
        parser.add_argument("--folder", type=Path, default=settings.SINK_FOLDER)
        parser.add_argument(
            "--pace", type=float, default=1.0, help="seconds until the first report"
        )
        parser.add_argument(
            "--latency", type=float, default=0.0, help="seconds that each mail takes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asyncio.run(self._serve(options))
        except KeyboardInterrupt:
            self.stderr.write("sink stopped")

    async def _serve(self, options: dict[str, Any]) -> None:
        host = options["host"]
        reporter = Reporter(host, options["reports_to"], pace=options["pace"])
        handler = SinkHandler(Maildir(options["folder"]), reporter, options["latency"])
        server = await listen(host, options["port"], handler)
        port = server.sockets[0].getsockname()[1]
        self.stderr.write(f"sink receives on {host}:{port}, mails are in {options['folder']}")
        async with server:
            await server.serve_forever()

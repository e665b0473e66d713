"""``sincerely mailin``: receives mail by SMTP or LMTP from the mail server in front of it."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sincerely.inbound.smtp import listen


class Command(BaseCommand):
    help = "Receive mail (delivery reports, replies). Keep it behind a mail server or on loopback."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.INBOUND_PORT)
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP instead of SMTP")
        parser.add_argument(
            "--largest", type=int, default=settings.INBOUND_MAX_BYTES, metavar="BYTES"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asyncio.run(self._serve(options))
        except KeyboardInterrupt:
            self.stderr.write("mailin stopped")

    async def _serve(self, options: dict[str, Any]) -> None:
        host, port = options["host"], options["port"]
        server = await listen(host, port, lmtp=options["lmtp"], largest=options["largest"])
        self.stderr.write(f"mailin receives on {host}:{server.sockets[0].getsockname()[1]}")
        async with server:
            await server.serve_forever()

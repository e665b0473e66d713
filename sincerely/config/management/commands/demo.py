"""``sincerely demo``: what `make demo` starts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Start everything on this machine with demo data. PORT and SINCERELY_HOME are honoured."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        from sincerely.config import postgres
        from sincerely.config.demo import environment
        from sincerely.config.demo.run import run
        from sincerely.config.demo.supervisor import DemoError

        try:
            run(options["host"], environment.port_from())
        except (DemoError, postgres.PostgresError, ValueError) as error:
            raise CommandError(str(error)) from error

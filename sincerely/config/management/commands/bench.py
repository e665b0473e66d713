"""``sincerely bench``: measurements of the product as it runs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

WORKS = ("decide", "lookup", "intake", "mail", "pipeline", "pages", "promises", "closeout")


class Command(BaseCommand):
    help = (
        "Measure one kind of work on a database of its own, which is seeded at the first run and "
        "kept for the next. Nothing in the installation's own database is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("work", choices=WORKS)
        parser.add_argument(
            "--candidates",
            type=int,
            nargs="+",
            help="how many to seed; with several numbers, one after the other",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
        parser.add_argument("--port", type=int, default=0, help="for the server that is measured")

    def handle(self, *args: Any, **options: Any) -> None:
        from sincerely.config.bench import figures
        from sincerely.config.bench.works import WORK

        result = {
            "work": options["work"],
            **WORK[options["work"]](options["candidates"], self.stderr.write, options["port"]),
            "machine": figures.machine(),
            "commit": figures.commit(),
        }
        self.stdout.write(figures.table(result))
        if options["json"]:
            self.stdout.write(json.dumps(result))

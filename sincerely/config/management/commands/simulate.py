"""``sincerely simulate``: a quarter of hiring on a moving clock, by the product's own verbs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

SHORTEST = 20


class Command(BaseCommand):
    help = (
        "Let applicants, recruiters and hiring managers of many employers act for a quarter, on a "
        "database of its own and on a moving clock, and say what the ledger says then. Nothing in "
        "the installation's own database is touched, and nobody is written to."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--employers", type=int, default=20)
        parser.add_argument("--applications", type=int, default=20_000)
        parser.add_argument("--seed", type=int, default=1, help="another number, another quarter")
        parser.add_argument(
            "--processes",
            type=int,
            default=2,
            help="share the employers among so many, each with a database of its own",
        )
        parser.add_argument(
            "--part", type=int, help="of the processes, run this one alone (from 0)"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
        parser.add_argument(
            "--parameters", action="store_true", help="print every assumption, and nothing else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        from sincerely.config.simulation import parameters, parts, report

        if options["parameters"]:
            self.stdout.write(json.dumps(parameters.table(), indent=2, ensure_ascii=False))
            return
        if options["days"] < SHORTEST:
            raise CommandError(f"A job takes longer: at least {SHORTEST} days.")
        if not 0 < options["employers"] <= options["applications"]:
            raise CommandError("It takes at least one employer, and one application for each.")
        whole = parts.Whole(
            **{name: options[name] for name in ("days", "employers", "applications", "seed")},
            processes=max(min(options["processes"], options["employers"]), 1),
        )
        if options["part"] is not None:
            sums = parts.run_part(whole, options["part"], report.lines(self.stderr))
            self.stdout.write(json.dumps(sums))
            return
        result = parts.run(whole, report.Bar(self.stderr, options["days"]))
        self.stdout.write(report.told(result))
        if options["json"]:
            self.stdout.write(json.dumps(result))

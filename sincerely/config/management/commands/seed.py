"""``sincerely seed``: synthetic data for measurements."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sincerely.accounts.models import Employer


class Command(BaseCommand):
    help = "Add synthetic employers, candidates and applications, in bulk and deterministic."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--employers", type=int, default=1)
        parser.add_argument("--candidates", type=int, required=True)
        parser.add_argument("--applications", type=int, help="default: one for each candidate")
        parser.add_argument("--seed", type=int, default=1, help="another number, other people")

    def handle(self, *args: Any, **options: Any) -> None:
        from sincerely.config.seeding.seed import seed

        employers, candidates = options["employers"], options["candidates"]
        applications = options["applications"] or candidates
        if not 0 < employers <= candidates <= applications:
            raise CommandError("It takes employers ≤ candidates ≤ applications, each at least 1.")
        if Employer.objects.filter(slug="employer-1").exists():
            raise CommandError("This database was seeded before; seed an empty one.")
        phases = seed(
            employers=employers,
            candidates=candidates,
            applications=applications,
            salt=options["seed"],
        )
        took = ", ".join(f"{phase} {seconds:.0f} s" for phase, seconds in phases.items())
        self.stdout.write(
            f"Seeded {candidates:,} candidates with {applications:,} applications at "
            f"{employers:,} employers in {sum(phases.values()):.0f} s ({took})."
        )

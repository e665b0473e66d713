"""``sincerely load_demo``: the three employers of the demo, into an empty database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sincerely.accounts.models import Employer


class Command(BaseCommand):
    help = "Load the demo's three employers. Refused where an employer exists already."

    def handle(self, *args: Any, **options: Any) -> None:
        from sincerely.config.demo import data

        if Employer.objects.exists():
            raise CommandError("There are employers already; the demo goes into an empty database.")
        count = data.load(settings.HOME)
        self.stdout.write(f"Loaded the demo: {count} applications at three employers.")

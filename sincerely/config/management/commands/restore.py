"""``sincerely restore FOLDER``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from sincerely.config.backup import BackupError, restore


class Command(BaseCommand):
    help = "Bring a backup into an empty database and home, then bring it up to this release."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what `sincerely backup` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["folder"].absolute())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Restored. Start it as usual; links in mails sent before still work.")

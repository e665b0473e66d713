"""``sincerely backup FOLDER``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sincerely.config.backup import BackupError, backup


class Command(BaseCommand):
    help = "Write database, files and key into a new folder. Everybody may go on working."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = backup(options["folder"].absolute())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(told))

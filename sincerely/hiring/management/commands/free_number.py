"""``sincerely free_number``: for an employer whose phone number another one has typed in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sincerely.hiring.phone_line import free_number


class Command(BaseCommand):
    help = (
        "Take the number of a phone line from the employer who has it, and switch that line off. "
        "Then its owner can type it in. Be sure first whose it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="with the country's code, such as +12125550142")

    def handle(self, *args: Any, number: str, **options: Any) -> None:
        if not free_number(number):
            raise CommandError(f"No employer has the number {number}.")
        self.stdout.write(f"{number} is free.")

"""`sincerely lookup SCRAP --employer SLUG`: what the caller look-up at the desk shows."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sincerely.accounts.models import Employer
from sincerely.hiring.lookup import MOST, Found, look_up
from sincerely.kernel.ids import spoken_reference

COLUMNS = ("Name", "Job", "Stage", "Promised", "Owner", "Reference")


class Command(BaseCommand):
    help = "Find a caller by any scrap of a name, phone, e-mail or reference, as the desk does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scrap")
        parser.add_argument("--employer", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")
        parser.add_argument("--limit", type=int, default=MOST)

    def handle(self, *args: Any, **options: Any) -> None:
        employer = Employer.objects.filter(slug=options["employer"]).first()
        if employer is None:
            raise CommandError(f"There is no employer called {options['employer']!r}.")
        with employer.scope():
            found = look_up(options["scrap"], limit=options["limit"])
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(row) for row in found], ensure_ascii=False))
        elif found:
            for line in _table(found):
                self.stdout.write(line)
        else:
            self.stdout.write("Nobody found.")


def _as_json(row: Found) -> dict[str, Any]:
    """The row with dates as ISO 8601 and without the markup meant for pages."""
    fields = asdict(row)
    del fields["name_marked"]
    return {
        **fields,
        "application_id": str(row.application_id),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "applied_at": row.applied_at.isoformat(),
    }


def _table(found: list[Found]) -> list[str]:
    """Lines of a table, each column as wide as its longest entry."""
    cells = [COLUMNS, *(_cells(row) for row in found)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(COLUMNS))]
    return [
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _cells(row: Found) -> tuple[str, ...]:
    promised = f"LATE: {row.promised}" if row.is_late else row.promised
    number = spoken_reference(row.reference)
    return (row.name, row.job_title, row.stage_name, promised, row.owner, number)

"""``sincerely check``: Django's checks, ours, and what the DNS says about our mail."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from sincerely.outbox.dns_records import Finding, Offline, look_up, resolver

_MARKS = {True: "ok", False: "WRONG", None: "-"}


class Command(DjangoCheck):
    help = f"{DjangoCheck.help} Also looks up the records that other mail servers ask for."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--no-dns", action="store_true", help="look nothing up")
        parser.add_argument(
            "--dns", default="", metavar="HOST[:PORT]", help="ask this name server; default: yours"
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        super().handle(*app_labels, **options)
        chosen = app_labels or options["tags"] or options["list_tags"]
        if not chosen and not options["no_dns"]:
            self._look_up(options["dns"], options["fail_level"])

    def _look_up(self, server: str, fail_level: str) -> None:
        try:
            findings = list(look_up(resolver(server)))
        except Offline:
            self.stdout.write("Mail records were not looked up: no name server answers.")
            return
        for finding in findings:
            self.stdout.write(self._line(finding))
        wrong = sum(finding.is_good is False for finding in findings)
        if wrong and getattr(checks, fail_level) <= checks.WARNING:
            raise CommandError(f"Mail records: {wrong} to put right.")

    def _line(self, finding: Finding) -> str:
        line = f"{_MARKS[finding.is_good]:>5}  {finding.about}: {finding.text}"
        return self.style.WARNING(line) if finding.is_good is False else line

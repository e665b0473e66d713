"""``sincerely imap``: reads a mailbox by IMAP, for those who have no mail server of their own."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sincerely.inbound.imap.account import Account, BadAccount
from sincerely.inbound.imap.fetching import Folder
from sincerely.inbound.imap.following import TIMEOUT, follow, take_new


class Command(BaseCommand):
    help = "Read the mailbox that INBOUND_IMAP_URL names, and go on reading it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="take what is new, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not settings.INBOUND_IMAP_URL:
            raise CommandError("INBOUND_IMAP_URL is not set: it names the mailbox to read.")
        try:
            account = Account.read(settings.INBOUND_IMAP_URL)
            if once:
                self._look(account)
            else:
                follow(account)
        except BadAccount as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stderr.write("imap stopped")

    def _look(self, account: Account) -> None:
        with account.connect(TIMEOUT) as client:
            taken = take_new(Folder(account, client))
        self.stderr.write(f"{taken} new in {account}")

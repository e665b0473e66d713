"""Follows a mailbox for ever: IDLE where the server offers it, else a look now and then."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import Error, close_old_connections
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError
from psycopg_pool import PoolTimeout

from sincerely.inbound.imap.account import Account
from sincerely.inbound.imap.fetching import Folder

log = structlog.get_logger()

# Seconds. Servers may hang up after 30 minutes of IDLE (RFC 2177), and firewalls sooner.
IDLE_FOR = 300
TIMEOUT = 60
LONGEST_PAUSE = 300
MAY_PASS = (OSError, IMAPClientError, Error, PoolTimeout)


def follow(account: Account, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Until the process is told to stop. Whatever may pass is tried again, after 1, 2, 4 … 300
    seconds. Raises BadAccount."""
    failed = 0
    while True:
        try:
            with account.connect(TIMEOUT) as client:
                folder = Folder(account, client)
                log.info("reading a mailbox", mailbox=str(account))
                while True:
                    take_new(folder)
                    failed = 0
                    wait(client)
        except MAY_PASS as error:
            failed += 1
            pause = pause_after(failed)
            log.warning("mailbox not read", mailbox=str(account), error=repr(error), again=pause)
            sleep(pause)


def take_new(folder: Folder) -> int:
    """With a connection to the database that is known to work."""
    close_old_connections()
    try:
        taken = folder.take_new()
    finally:
        close_old_connections()
    if taken:
        log.info("mails taken", mailbox=folder.name, mails=taken)
    return taken


def wait(client: IMAPClient) -> None:
    """Until the server says that something came, or it is time to look anyway."""
    if not client.has_capability("IDLE"):
        time.sleep(settings.INBOUND_IMAP_POLL_SECONDS)
        return
    client.idle()
    client.idle_check(timeout=IDLE_FOR)
    client.idle_done()


def pause_after(failures: int) -> float:
    """Seconds until the next try: doubled each time, and never the same for two processes."""
    longest = min(2.0 ** min(failures - 1, 20), LONGEST_PAUSE)
    return longest * random.uniform(0.75, 1)  # noqa: S311

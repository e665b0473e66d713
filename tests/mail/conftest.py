from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.db import connection

from sincerely.inbound.imap.account import Account
from sincerely.inbound.imap.fetching import Folder
from tests.mail import servers
from tests.mail.servers import OURS, Servers


@pytest.fixture(scope="session")
def running() -> Iterator[Servers]:
    """Postfix and dovecot, for all tests of this folder."""
    if reason := servers.why_not():
        pytest.skip(reason)
    with servers.start() as started:
        yield started


@pytest.fixture
def mail(running: Servers, settings: LazySettings) -> Servers:
    """The same, with an empty mailbox of ours, and our settings as if this were in production."""
    shutil.rmtree(running.maildir(), ignore_errors=True)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.smtp_port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.BOUNCE_DOMAIN, settings.REPLY_DOMAIN, settings.APPLY_DOMAIN = OURS
    settings.INBOUND_IMAP_URL = running.imap_url
    return running


@pytest.fixture
def fetch(mail: Servers) -> Callable[..., None]:
    """`fetch(2)`: read our mailbox by IMAP until so many mails have come."""

    def take(mails: int = 1, *, seconds: float = 30) -> None:
        account, end, taken = Account.read(mail.imap_url), time.monotonic() + seconds, 0
        with account.connect(10) as client:
            folder = Folder(account, client)
            while (taken := taken + folder.take_new()) < mails:
                assert time.monotonic() < end, f"{taken} of {mails} mails came\n{mail.log()}"
                time.sleep(0.2)

    return take


@pytest.fixture
def post(mail: Servers) -> Callable[..., None]:
    """A person hands a mail to the postfix of their provider."""

    def send(message: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=10) as server:
            server.send_message(message)

    return send


@pytest.fixture
def imap(mail: Servers, transactional_db: None) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`imap()` starts `sincerely imap` on the test's own database, three mails at a time;
    `imap(mark)` stops it before its first commit, where it writes that file."""
    started: list[subprocess.Popen[bytes]] = []

    def start(mark: str = "") -> subprocess.Popen[bytes]:
        known = connection.settings_dict
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "sincerely.config.settings",
            "INBOUND_IMAP_URL": mail.imap_url,
            "BOUNCE_DOMAIN": OURS[0],
            "REPLY_DOMAIN": OURS[1],
            "APPLY_DOMAIN": OURS[2],
        }
        command = [sys.executable, "-c", FOLLOW, known["NAME"], mark]
        started.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


FOLLOW = """
import pathlib, sys, time
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
from sincerely.inbound.imap import fetching
fetching.MOST_MAILS = 3
if mark := sys.argv[2]:
    move_to = fetching.Mailbox.move_to
    def stop(box, uid):
        move_to(box, uid)
        pathlib.Path(mark).touch()
        time.sleep(600)
    fetching.Mailbox.move_to = stop
call_command("imap")
"""

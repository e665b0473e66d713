"""`sincerely imap` as a process: killed at any time, it loses and doubles nothing."""

from __future__ import annotations

import smtplib
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from sincerely.inbound.models import InboundMail
from tests.mail.servers import Servers

Start = Callable[..., "subprocess.Popen[bytes]"]


def send(mail: Servers, first: int, last: int) -> None:
    with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=10) as server:
        for number in range(first, last):
            raw = f"From: jo@people.test\r\nSubject: {number}\r\n\r\nmail {number}\r\n"
            server.sendmail("jo@people.test", ["blue-spoon@jobs.test"], raw)


def wait_for(mails: int, mail: Servers, *, pause: float = 0.1) -> None:
    end = time.monotonic() + 60
    while InboundMail.objects.count() < mails:
        assert time.monotonic() < end, f"{InboundMail.objects.count()} of {mails}\n{mail.log()}"
        time.sleep(pause)


def test_a_mail_is_there_within_seconds_of_its_arrival(mail: Servers, imap: Start) -> None:
    """By IDLE: the pause between two looks is a minute."""
    imap()
    send(mail, 0, 1)
    wait_for(1, mail)
    began = time.monotonic()
    send(mail, 1, 2)
    wait_for(2, mail)
    assert time.monotonic() - began < 10
    assert all("S" not in path.name.rpartition(",")[2] for path in mail.mails())  # not seen


def test_killed_between_fetch_and_commit_it_loses_and_doubles_nothing(
    mail: Servers, imap: Start, tmp_path: Path
) -> None:
    send(mail, 0, 10)
    mark = tmp_path / "mark"
    first = imap(str(mark))
    end = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    first.kill()
    first.wait()
    assert not InboundMail.objects.exists()
    imap()
    wait_for(10, mail)
    assert numbers() == set(range(10))


def test_killed_again_and_again_it_loses_and_doubles_nothing(mail: Servers, imap: Start) -> None:
    send(mail, 0, 90)
    for enough in (7, 30, 60):
        process = imap()
        wait_for(enough, mail, pause=0.002)
        process.kill()
        process.wait()
    imap()
    wait_for(90, mail)
    assert numbers() == set(range(90))
    assert InboundMail.objects.count() == 90


def numbers() -> set[int]:
    mails = InboundMail.objects.values_list("raw", flat=True)
    return {int(bytes(raw).split(b"mail ")[-1]) for raw in mails}


def test_it_comes_back_when_the_server_hung_up(mail: Servers, imap: Start) -> None:
    imap()
    send(mail, 0, 1)
    wait_for(1, mail)
    kick = ["doveadm", "-c", str(mail.home / "dovecot.conf"), "kick", "inbox"]
    subprocess.run(kick, check=True, capture_output=True)
    send(mail, 1, 2)
    wait_for(2, mail)

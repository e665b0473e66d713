"""The mail server is down: noticed once for each process, so that no message waits for it in vain.

A server that hangs takes EMAIL_TIMEOUT of a worker's thread for each message; a thousand messages
would hold up everything else that the worker has to do, for hours. After FAILURES in a row nobody
asks the server any more, but one message a PAUSE, until it answers.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass

from django.conf import settings

from sincerely.kernel import clock
from sincerely.outbox.envelope import Reply

FAILURES = 3
PAUSE = dt.timedelta(minutes=1)


@dataclass
class Line:
    """What this process knows of one mail server."""

    failures: int = 0
    ask_again_at: dt.datetime | None = None


_LINES: dict[str, Line] = {}
_LOCK = threading.Lock()


def ask_again_at() -> dt.datetime | None:
    """When the server is worth asking again; None for now. Who is told "now" after an outage is
    the one who finds out; the others wait for a PAUSE more."""
    now = clock.now()
    with _LOCK:
        line = _LINES.setdefault(_server(), Line())
        if line.ask_again_at is None:
            return None
        # A clock that was set back must not leave everybody waiting.
        if now < line.ask_again_at <= now + PAUSE:
            return line.ask_again_at
        line.ask_again_at = now + PAUSE
    return None


def note(reply: Reply) -> None:
    """How an attempt ended: whether the server speaks to anybody."""
    with _LOCK:
        line = _LINES.setdefault(_server(), Line())
        line.failures = line.failures + 1 if reply.is_outage else 0
        line.ask_again_at = clock.now() + PAUSE if line.failures >= FAILURES else None


def forget() -> None:
    """Ask every server as if for the first time."""
    with _LOCK:
        _LINES.clear()


def _server() -> str:
    return f"{settings.EMAIL_BACKEND} {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"

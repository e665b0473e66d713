"""The demo's addresses without mail: one that complained, one that somebody put there, and one that
is written to again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sincerely.hiring.models import Application
from sincerely.hiring.reaching import stop_writing_to, write_again_to
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Suppression
from sincerely.outbox.suppressing import COMPLAINED

DAY = dt.timedelta(days=1)


def load_addresses(recruiter: Any) -> None:
    """Of the people whose application is over, so that nobody's date stands still."""
    ended = Application.objects.exclude(ended_at=None).exclude(name="Jo Smith")
    people = list(ended.exclude(email="").order_by("applied_at")[:3])
    for days, application in zip((9, 4, 2), people, strict=False):
        with clock_at(clock.now() - days * DAY):
            if days == 9:
                Suppression.objects.suppress(application.email, COMPLAINED, by="mail provider")
            else:
                reason = "Asked on the phone to be called, not written to"
                row = stop_writing_to(application.email, reason, by=recruiter)
        if days == 2:
            write_again_to(row, by=recruiter, why="Has a new mailbox at the same address")

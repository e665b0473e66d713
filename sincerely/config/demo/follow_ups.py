"""The demo's follow-ups: who was kept waiting asked, on the page, by mail or by phone."""

from __future__ import annotations

import datetime as dt
from itertools import cycle
from typing import Any

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import NotYet, ask
from sincerely.hiring.models import Application, Call
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message

# Long after every policy's wait.
ASKED_AFTER = dt.timedelta(days=12)
EVERY = 3
WAYS = (Channel.PAGE, Channel.EMAIL, Channel.PAGE, Channel.CALL)


def load_follow_ups(employer: Employer, recruiter: Identity, arrive: Any) -> None:
    """Every third of those who still wait asked once; `arrive(message, at)` lets an answer of the
    past arrive in the past."""
    long_ago = clock.now() - ASKED_AFTER
    waiting = Application.objects.for_page().open().filter(applied_at__lt=long_ago)
    ways = cycle(WAYS)
    for application in waiting.order_by("applied_at")[::EVERY]:
        at = application.applied_at + ASKED_AFTER
        with clock_at(at):
            _ask(application, next(ways), recruiter)
        for message in Message.objects.unsent().filter(kind="answer", about_id=application.pk):
            arrive(message, at + dt.timedelta(minutes=1))


def _ask(application: Application, channel: Channel, recruiter: Identity) -> None:
    if channel == Channel.CALL:
        application.log_call(Call.Kind.CALL, by=recruiter, note="Asked whether it arrived.")
        return
    try:
        ask(application, Topic.STATUS, channel=channel)
    except NotYet:
        return

"""The demo's referrals at the hospital: one vouched for, one whose question waits in the mail, and
one that was only “probably”."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.hiring.referring import Contact, Given, refer
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message

MINUTE = dt.timedelta(minutes=1)


def load_referrals(job: Job, manager: Identity, arrive: Any) -> None:
    """`arrive(message, at)` lets a message of the past arrive in the past."""
    today = clock.today(job.employer.time_zone)
    contact = Contact(
        person=manager.name,
        role="hiring_manager",
        email=manager.email,
        channel="call",
        number="+35316710123",
        until=today + dt.timedelta(days=21),
    )
    days_ago = clock.now() - dt.timedelta(days=2)
    with clock_at(days_ago):
        open_ones = Application.objects.open().filter(job=job, name="Jo Smith")
        jo = open_ones.first() or Application.objects.open().filter(job=job).latest("applied_at")
        vouch = refer(job, _by_pat(jo.name, jo.email, contact=contact)).vouches.get()
    with clock_at(days_ago + 90 * MINUTE):
        vouch.confirm(until=contact.until)
    for message in Message.objects.unsent().filter(created_at__lte=days_ago + 90 * MINUTE):
        arrive(message, message.created_at + MINUTE)
    # Of just now: the questions are in the mail that the demo shows.
    refer(job, _by_pat("Sam Okafor", "sam.okafor@applicants.example", contact=contact))
    probably = _by_pat("Mei Tan", "mei.tan@applicants.example", certainty="probably")
    refer(job, probably)


def _by_pat(name: str, email: str, **more: Any) -> Given:
    return Given(
        **{
            "id": uuid7(),
            "referrer_name": "Pat Moss",
            "referrer_email": "pat.moss@st-brigid.example",
            "name": name,
            "email": email,
            "why": "We trained together. Calm when it gets loud.",
            "certainty": "certain",
            **more,
        }
    )

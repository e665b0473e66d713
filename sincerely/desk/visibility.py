"""What a member may see and take back within an application they may see.

Who decides (a hiring manager) sees the resume, the answers, the notes and the history, but neither
the messages nor the contact log: how often somebody called shall not count for or against them.
"""

from __future__ import annotations

from typing import Any

from sincerely.desk.access import DeskRequest
from sincerely.desk.event_words import CONTACT_LOG
from sincerely.hiring.held import Held
from sincerely.hiring.models import Application


def visible_events(request: DeskRequest, application: Application) -> Any:
    """The events of an application that this member may read, newest first."""
    events = application.events()
    return events if request.membership.recruits else events.exclude(kind__in=CONTACT_LOG)


def may_be_told(held: Held | None) -> bool:
    """Whether a conversation may tell where things stand: not while a message waits to do so."""
    return held is None or held.message is None


def may_take_back(request: DeskRequest, held: Held) -> bool:
    """Recruiters may take back any held decision, hiring managers their own."""
    return request.membership.recruits or held.actor_id == request.user.pk

"""Interviews for tests: Jo in the stage in which people meet, and times to offer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Identity
from sincerely.hiring.interviews import Plan, propose, schedule
from sincerely.hiring.models import Application, Interview
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message

NEW_YORK = ZoneInfo("America/New_York")
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=NEW_YORK)
"""A Thursday."""


def at(day: int, hour: int = 10, minute: int = 0, month: int = 12) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


SLOTS = (at(1), at(2, 14), at(3, 9))


def to_interview(application: Application, by: Any) -> Application:
    """Move it there, long enough ago that everybody knows."""
    with clock_at(NOON - dt.timedelta(days=1)), application.employer.scope():
        application.move(application.employer.stages.get(name="Interview"), by=by)
        for message in application.messages().unsent():
            message.settle(Message.State.SENT, source="smtp")
            message.settle(Message.State.DELIVERED, source="dsn")
    return read(application)


def read(application: Application) -> Application:
    with application.employer.scope():
        return Application.objects.for_page().get(pk=application.pk)


def plan(*people: Identity, **given: Any) -> Plan:
    known: dict[str, Any] = {"way": "place", "where": "12 Harbour Street", "minutes": 30}
    return Plan(people=people, **known | given)


def offered(application: Application, *people: Identity, by: Any, **given: Any) -> Interview:
    """Three times, which the applicant knows of."""
    with clock_at(NOON - dt.timedelta(hours=1)):
        interview = propose(application, plan(*people), given.pop("starts", SLOTS), by=by, **given)
    return fresh(interview)


def agreed(
    application: Application, *people: Identity, by: Any, start: dt.datetime = SLOTS[0]
) -> Interview:
    """A date that the applicant knows of."""
    with clock_at(NOON - dt.timedelta(hours=1)):
        interview = schedule(application, plan(*people), start, by=by)
    return fresh(interview)


def fresh(interview: Interview) -> Interview:
    return Interview.objects.for_page().get(pk=interview.pk)


def calendars(message: Message) -> list[Any]:
    """Each calendar in a mail, as icalendar reads it."""
    from email import message_from_bytes, policy

    from icalendar import Calendar

    mail = message_from_bytes(bytes(message.raw), policy=policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    read = [Calendar.from_ical(part.get_content()) for part in parts]
    for part, calendar in zip(parts, read, strict=True):
        assert part.get_param("method") == calendar["METHOD"]
    return read


def event_of(calendar: Any) -> Any:
    (event,) = calendar.walk("VEVENT")
    return event

"""An interview as iCalendar objects (RFC 5545, 5546): invite, change, cancel.

Dates are written in UTC: one meeting is one instant, so that the night on which the clocks change
and calendars without our time zones make no difference. The words say the local time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings

from sincerely.hiring.interview_words import when_words, where_words
from sincerely.hiring.models import Interview
from sincerely.kernel import clock
from sincerely.outbox.token import INVITATION, make_token

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
# Whatever would end a line for one reader and not for another.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Invited:
    """Who an invitation goes to. `key` is the id of the row that an answer of theirs changes."""

    key: UUID
    name: str
    address: str


def answer_address(interview: Interview, key: UUID) -> str:
    """Where an answer to this person's invitation is read by us; where nothing receives, the
    employer's own address."""
    employer = interview.employer
    if settings.REPLY_DOMAIN:
        return f"{make_token(employer.pk, key, INVITATION)}@{settings.REPLY_DOMAIN}"
    return employer.reply_to or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def calendar_of(
    interview: Interview,
    method: str,
    *,
    summary: str,
    link: str,
    invited: Invited | None = None,
    sequence: int | None = None,
) -> str:
    """One interview with a date as a calendar of one entry; for one person, or to keep (PUBLISH).

    Each person is invited alone, so that nobody learns another's address, and an answer can only
    speak for who got it.
    """
    # Half a second and eleven megabytes, where most requests need neither.
    from icalendar import Calendar, Event

    event, calendar = Event(), Calendar()
    event.add("uid", interview.uid)
    event.add("dtstamp", clock.now())
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.ends_at)
    event.add("sequence", interview.sequence if sequence is None else sequence)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("summary", _clean(summary))
    words = [when_words(interview), where_words(interview), link]
    event.add("description", _clean("\n".join(filter(None, words))))
    event.add("location", _clean(interview.where))
    if invited:
        _invite(event, interview, invited, asks=method == REQUEST)
    calendar.add("prodid", "-//sincerely//interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _invite(event: Any, interview: Interview, invited: Invited, *, asks: bool) -> None:
    from icalendar import vCalAddress

    organizer = vCalAddress(f"mailto:{answer_address(interview, invited.key)}")
    organizer.params["CN"] = _name(interview.employer.name)
    attendee = vCalAddress(f"mailto:{_clean(invited.address)}")
    attendee.params["CN"] = _name(invited.name)
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    if asks:
        attendee.params["PARTSTAT"] = "NEEDS-ACTION"
        attendee.params["RSVP"] = "TRUE" if settings.REPLY_DOMAIN else "FALSE"
    event.add("organizer", organizer, encode=0)
    event.add("attendee", attendee, encode=0)


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _name(text: str) -> str:
    """For a parameter, which can hold no quotation mark."""
    return _CONTROLS.sub(" ", text.replace("\n", " ")).replace('"', "”").strip()

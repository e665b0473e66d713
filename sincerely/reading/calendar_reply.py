"""An answer to an invitation by mail (RFC 5546 REPLY and COUNTER, RFC 6047): who says what about
which meeting.

A reader of its own for the few properties that count: it looks at each line once, so that a
calendar built to be expensive costs no more than an ordinary one of its size.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from sincerely.reading.mail import MailRefused, body_text, header, outer_parts, parse_mail

MAX_BYTES = 256 * 1024
MAX_LINES = 5_000
MAX_TEXT = 2_000
ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}

_LINE = re.compile(
    r"(?P<name>[A-Za-z-]{1,40})(?P<more>(?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(?P<value>.*)"
)
_PARAMETER = re.compile(r";([A-Za-z-]{1,40})=(\"[^\"]*\"|[^;\"]*)")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """`answer` is accepted, declined, tentative, counter, or empty where it says none of these.

    `uid` and `sequence` name the invitation that is answered, `sender` is the address in From, in
    lower case (proof of nothing). `starts_at` is the time a counter proposes; None where it names
    none that we understand. `text` is what was written with it.
    """

    answer: str = ""
    uid: str = ""
    sequence: int = 0
    sender: str = ""
    starts_at: dt.datetime | None = None
    text: str = ""


def read_calendar_reply(raw: bytes) -> CalendarReply | None:
    """The answer in one mail, given as its raw bytes; None where there is none.

    Never raises for bad data.
    """
    try:
        message = parse_mail(raw)
        part = next(_calendars(message), None)
    except (MailRefused, RecursionError):
        return None
    if part is None:
        return None
    sender = parseaddr(header(message, "From"))[1].strip().lower()
    return _read(body_text(part)[:MAX_BYTES], sender)


def _calendars(message: Message) -> Iterator[Message]:
    for part in outer_parts(message):
        if part.get_content_type() in ("text/calendar", "application/ics"):
            yield part


def _read(text: str, sender: str) -> CalendarReply | None:
    found = _properties(text)
    method = found.get("METHOD", ("", {}))[0].strip().upper()
    if method not in ("REPLY", "COUNTER") or "UID" not in found:
        return None
    attendee = found.get("ATTENDEE", ("", {}))[1]
    answer = ANSWERS.get(attendee.get("PARTSTAT", "").upper(), "")
    is_counter = method == "COUNTER"
    sequence = found.get("SEQUENCE", ("0", {}))[0].strip()
    return CalendarReply(
        answer="counter" if is_counter else answer,
        uid=found["UID"][0].strip()[:255],
        sequence=int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0,
        sender=sender,
        starts_at=_moment(*found.get("DTSTART", ("", {}))) if is_counter else None,
        text=_words(found.get("COMMENT", ("", {}))[0]),
    )


def _properties(text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """The first property of each name, of the calendar and of its first event."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    within: list[str] = []
    for line in _unfolded(text):
        if (match := _LINE.fullmatch(line)) is None:
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            within.append(value.strip().upper())
        elif name == "END":
            if within and within.pop() == "VEVENT":
                return found
        elif within in (["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            found.setdefault(name, (value, _parameters(match["more"])))
    return found


def _parameters(text: str) -> dict[str, str]:
    return {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(text)}


def _unfolded(text: str) -> Iterator[str]:
    """Logical lines: one that begins with a space goes on with the one before it."""
    logical: list[str] = []
    for line in re.split(r"\r\n|\n|\r", text)[:MAX_LINES]:
        if line[:1] in (" ", "\t"):
            logical.append(line[1:])
            continue
        if logical:
            yield "".join(logical)
        logical = [line]
    if logical:
        yield "".join(logical)


def _moment(value: str, parameters: dict[str, str]) -> dt.datetime | None:
    """An instant; None for a whole day, and for a time that does not say where."""
    match = _MOMENT.fullmatch(value.strip())
    if match is None:
        return None
    zone = dt.UTC if match[7] else _zone(parameters.get("TZID", ""))
    if zone is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value.strip().rstrip("Z"))
        return moment.replace(tzinfo=zone).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> dt.tzinfo | None:
    """By its name in the time zone database, or the one that Windows gives it."""
    if not name or len(name) > 60:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        # A long import, for the few who need it.
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        known = WINDOWS_TO_OLSON.get(name)
        return ZoneInfo(known) if known else None


def _words(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)
    return plain.strip()[:MAX_TEXT]

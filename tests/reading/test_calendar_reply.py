"""Answers to invitations, as calendars and hostile people send them."""

from __future__ import annotations

import datetime as dt
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.calendar_reply import read_calendar_reply

REPLY = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VTIMEZONE
TZID:America/New_York
BEGIN:STANDARD
DTSTART:19701101T020000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART:20261201T150000Z
DTEND:20261201T153000Z
ORGANIZER;CN=Blue Spoon Diner:mailto:i234@replies.example
UID:0192@blue-spoon.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;CN="Smith; Jo"
 ;X-NUM-GUESTS=0:mailto:jo@example.org
SEQUENCE:2
COMMENT:My train\\, the 9:12\\, is cancelled.\\nSorry.
BEGIN:VALARM
UID:another
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def mail(calendar: str, kind: str = "calendar", **parameters: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Jo Smith <Jo@Example.org>"
    message.set_content("Accepted: Phone screen")
    message.add_alternative(calendar.replace("\n", "\r\n"), subtype=kind, params=parameters)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("ACCEPTED", "accepted"),
        ("declined", "declined"),
        ("TENTATIVE", "tentative"),
        ("NEEDS-ACTION", ""),
    ],
)
def test_an_answer_is_read_with_what_it_answers(said: str, answer: str) -> None:
    reply = read_calendar_reply(mail(REPLY % said, method="REPLY"))
    assert reply is not None
    assert (reply.answer, reply.uid, reply.sequence) == (answer, "0192@blue-spoon.example", 2)
    assert reply.sender == "jo@example.org"
    assert reply.text == "My train, the 9:12, is cancelled.\nSorry."
    assert reply.starts_at is None


@pytest.mark.parametrize(
    ("start", "read"),
    [
        ("DTSTART:20261203T150000Z", dt.datetime(2026, 12, 3, 15, tzinfo=dt.UTC)),
        ("DTSTART;TZID=Europe/Berlin:20261203T150000", dt.datetime(2026, 12, 3, 14, tzinfo=dt.UTC)),
        (
            'DTSTART;TZID="Eastern Standard Time":20261203T150000',
            dt.datetime(2026, 12, 3, 20, tzinfo=dt.UTC),
        ),
        ("DTSTART;TZID=../../etc/passwd:20261203T150000", None),
        ("DTSTART:20261203T150000", None),
        ("DTSTART;VALUE=DATE:20261203", None),
        ("DTSTART:20269903T150000Z", None),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000", None),
    ],
)
def test_a_counter_proposes_a_time_where_it_names_one(start: str, read: dt.datetime | None) -> None:
    calendar = REPLY.replace("METHOD:REPLY", "METHOD:COUNTER") % "TENTATIVE"
    reply = read_calendar_reply(mail(calendar.replace("DTSTART:20261201T150000Z", start)))
    assert reply is not None
    assert (reply.answer, reply.starts_at) == ("counter", read)


@pytest.mark.parametrize(
    "calendar",
    [
        "",
        "no calendar at all",
        REPLY.replace("METHOD:REPLY", "METHOD:REQUEST"),
        REPLY.replace("METHOD:REPLY", ""),
        REPLY.replace("UID:0192@blue-spoon.example\n", ""),
        "BEGIN:VEVENT\nMETHOD:REPLY\nUID:1\nEND:VEVENT",
    ],
)
def test_what_is_no_answer_is_none(calendar: str) -> None:
    assert read_calendar_reply(mail(calendar)) is None
    assert read_calendar_reply(mail(REPLY, kind="plain")) is None


@pytest.mark.parametrize(
    "calendar",
    [
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID:1\n" + " folded\n" * 50_000,
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID" + ';A="b' * 50_000 + ":1\n",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID" + ';A="b"' * 50_000 + "\n",
        "BEGIN:VCALENDAR\n" * 50_000 + "METHOD:REPLY\nUID:1\n",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID:1\nSEQUENCE:" + "9" * 100_000,
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID:1\nATTENDEE" + ";PARTSTAT=ACCEPTED" * 20_000 + ":x",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nUID:1\nCOMMENT:" + "\\" * 200_000,
    ],
    ids=["folds", "open quotes", "parameters", "depth", "number", "repeats", "escapes"],
)
def test_a_calendar_built_to_be_expensive_is_cheap(calendar: str) -> None:
    raw, begun = mail(calendar), time.perf_counter()
    read_calendar_reply(raw)
    assert time.perf_counter() - begun < 0.2


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_without_an_exception(raw: bytes) -> None:
    read_calendar_reply(raw)
    read_calendar_reply(b"Content-Type: text/calendar\r\n\r\n" + raw)


PIECES = st.sampled_from(
    ["BEGIN:", "END:", "VCALENDAR", "VEVENT", "METHOD:REPLY", "METHOD:COUNTER", "UID:1", "\n", " ",
     "DTSTART", ";TZID=", "America/New_York", ":", "20261201T150000", "Z", '"', "²",
     "٣", "SEQUENCE:",
     "ATTENDEE;PARTSTAT=", "ACCEPTED", "COMMENT:", "\\n", "\\", "\r"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_calendar_is_read_without_an_exception(pieces: list[str]) -> None:
    calendar = "BEGIN:VCALENDAR\nMETHOD:COUNTER\nBEGIN:VEVENT\nUID:1\n" + "".join(pieces)
    read_calendar_reply(b"Content-Type: text/calendar\n\n" + calendar.encode())

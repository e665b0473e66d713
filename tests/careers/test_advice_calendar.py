from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from tests.careers.inquiries import SENT, ask, links, word

pytestmark = pytest.mark.usefixtures("thursday")


def test_a_day_ahead_goes_into_the_calendar(visitor: Client) -> None:
    answers = {**SENT, "day": "2026-12-01", "job": "Cook, nights", "employer": "Örn; Sons"}
    link = next(link for link in links(ask(visitor, answers)) if "calendar.ics" in link)
    file = visitor.get(link)
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert file["Content-Disposition"] == 'attachment; filename="ask-2026-12-08.ics"'
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert event["SUMMARY"] == "Ask how my application stands: Cook, nights, Örn; Sons"
    assert event.decoded("DTSTART") == dt.date(2026, 12, 8)
    assert event.decoded("DTEND") == dt.date(2026, 12, 9)
    assert "You may ask from Tuesday, 8 December." in event["DESCRIPTION"]
    assert word(visitor.get(str(event["URL"]))) == "Not yet"
    assert b"\r\n" in file.content
    again = visitor.get(link)
    assert [line for line in again.content.splitlines() if line.startswith(b"UID")] == [
        line for line in file.content.splitlines() if line.startswith(b"UID")
    ]


@pytest.mark.parametrize("answers", [{}, {"sent": "sent"}, SENT, {**SENT, "day": "?"}])
def test_without_a_day_ahead_the_page_says_why(answers: dict[str, str], visitor: Client) -> None:
    file = visitor.get("/advice/calendar.ics", answers)
    assert file.status_code == 302
    assert file["Location"].startswith("/advice/")
    if answers == SENT:
        assert not [link for link in links(ask(visitor, SENT)) if "calendar.ics" in link]

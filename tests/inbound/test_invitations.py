"""People answer an invitation with a button of their calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interviews import cancel, move
from sincerely.hiring.models import Application, Interview, Job
from sincerely.inbound.models import InboundMail
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.hiring.meetings import (
    NOON,
    agreed,
    at,
    calendars,
    event_of,
    fresh,
    plan,
    read,
    to_interview,
)

Answer = Callable[..., str]


@pytest.fixture
def interview(
    settings: LazySettings,
    at_diner: Employer,
    cook: Job,
    apply: Callable[..., Application],
    rosa: Identity,
    hugo: Identity,
) -> Iterator[Interview]:
    """Jo meets Hugo on Tuesday, 1 December; everybody has the invitation."""
    settings.REPLY_DOMAIN = "replies.example"
    with clock_at(NOON - dt.timedelta(days=2)):
        jo = apply(cook)
    with clock_at(NOON):
        yield agreed(to_interview(jo, rosa), hugo, by=rosa)


def invitations(interview: Interview, kind: str = "interview_scheduled") -> list[Any]:
    about = [interview.pk, interview.application_id]
    sent = Message.objects.filter(about_id__in=about, kind=kind)
    return [calendar for message in sent for calendar in calendars(message)]


@pytest.fixture
def answer() -> Answer:
    """`answer(invitation, "ACCEPTED")`: what a calendar sends; returns what was made of it."""

    def send(
        invitation: Any, said: str, *, sender: str = "", start: str = "", note: str = ""
    ) -> str:
        event = event_of(invitation)
        organizer = str(event["ORGANIZER"]).removeprefix("mailto:")
        attendee = str(event["ATTENDEE"]).removeprefix("mailto:")
        method = "COUNTER" if start else "REPLY"
        lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT",
            f"UID:{event['UID']}", f"SEQUENCE:{event['SEQUENCE']}",
            f"DTSTART:{start or '20261201T150000Z'}", f"COMMENT:{note}",
            f"ATTENDEE;PARTSTAT={said}:mailto:{attendee}", "END:VEVENT", "END:VCALENDAR", "",
        ]  # fmt: skip
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender or attendee, organizer, "Re: Interview"
        mail.set_content("An answer")
        mail.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": method})
        raw = mail.as_bytes()
        InboundMail.objects.take_in(sender=sender or attendee, recipients=[organizer], raw=raw)
        stored = InboundMail.objects.get(raw=raw)
        stored.read()
        stored.refresh_from_db()
        return stored.outcome or f"kept: {stored.reason}"

    return send


def test_a_yes_is_noted_once(interview: Interview, answer: Answer) -> None:
    (invitation,) = invitations(interview)
    assert answer(invitation, "ACCEPTED") == "an answer to an invitation: accepted"
    answer(invitation, "ACCEPTED", note="again")
    assert interview.notices.get().said == "accepted"
    assert not interview.application.follow_ups.exists()


def test_a_no_waits_for_a_person_and_is_answered(interview: Interview, answer: Answer) -> None:
    (invitation,) = invitations(interview)
    answer(invitation, "DECLINED", note="My train is cancelled.")
    notice = interview.notices.get()
    assert (notice.said, notice.text) == ("declined", "My train is cancelled.")
    assert interview.application.messages().filter(kind="interview_asked").exists()
    assert fresh(interview).is_standing()  # a person decides what comes of it


def test_another_time_is_what_they_ask_for(interview: Interview, answer: Answer) -> None:
    (invitation,) = invitations(interview)
    assert answer(invitation, "TENTATIVE", start="20261203T190000Z").endswith(": counter")
    assert interview.notices.get().wanted_at == at(3, 14)
    text = interview.application.messages().get(kind="interview_asked").text
    assert "Thursday, 3 December, 14:00 to 14:30" in text
    again = answer(invitation, "TENTATIVE", start="20261204T190000Z")
    assert again.startswith("kept: ")
    assert "once already" in again


def test_an_interviewers_answer_is_theirs_alone(
    interview: Interview, answer: Answer, hugo: Identity
) -> None:
    (invitation,) = invitations(interview, "interviewer_invited")
    answer(invitation, "ACCEPTED")
    assert interview.people.get().response == "accepted"
    assert not interview.notices.exists()
    answer(invitation, "DECLINED", note="On leave.")
    assert interview.notices.get().by == "Hugo"


@pytest.mark.parametrize("sender", ["mallory@st-brigid.example", "hugo@blue-spoon.example"])
def test_nobody_answers_for_somebody_else(
    interview: Interview, answer: Answer, sender: str
) -> None:
    (invitation,) = invitations(interview)
    assert "from another address" in answer(invitation, "DECLINED", sender=sender)
    assert not interview.notices.exists()


def test_an_invitation_of_ones_own_speaks_for_no_other(
    interview: Interview, answer: Answer
) -> None:
    (own,) = invitations(interview)
    (hugos,) = invitations(interview, "interviewer_invited")
    event_of(own)["ORGANIZER"] = event_of(hugos)["ORGANIZER"]
    assert "from another address" in answer(own, "DECLINED")
    event_of(own)["UID"] = "made-up@example.org"
    assert "another invitation" in answer(own, "DECLINED")


def test_an_answer_to_an_earlier_date_changes_nothing(
    interview: Interview, answer: Answer, rosa: Identity
) -> None:
    (invitation,) = invitations(interview)
    move(interview, plan(), at(4), by=rosa)
    assert "an earlier date" in answer(invitation, "DECLINED")
    assert not interview.notices.exists()


def test_an_answer_after_the_end_is_kept_for_a_person(
    interview: Interview, answer: Answer, rosa: Identity
) -> None:
    (invitation,) = invitations(interview)
    cancel(interview, by=rosa)
    assert answer(invitation, "ACCEPTED").startswith("kept: ")
    assert read(interview.application).is_open


def test_words_to_an_invitations_address_are_kept_for_a_person(interview: Interview) -> None:
    organizer = str(event_of(invitations(interview)[0])["ORGANIZER"]).removeprefix("mailto:")
    raw = b"From: jo@example.org\r\n\r\nSee you there!"
    InboundMail.objects.take_in(sender="jo@example.org", recipients=[organizer], raw=raw)
    stored = InboundMail.objects.get(raw=raw)
    stored.read()
    stored.refresh_from_db()
    assert (stored.state, stored.employer_id) == ("kept", interview.employer_id)

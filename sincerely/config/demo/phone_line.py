"""The demo's phone line: the diner's number, people who can try it, and one message left on it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.pins import issue_pin, spoken_pin
from sincerely.inbound.voice.spoken import can_speak, speak
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.ids import spoken_reference, uuid7
from sincerely.operator.phone_calls import Try, hum

EMPLOYER, NUMBER = "blue-spoon", "+12125550143"
GREETING = (
    "Blue Spoon Diner, good day. We are cooking, so this is a machine. It knows where your "
    "application stands."
)
MESSAGE = (
    "Hello, I applied for the kitchen two weeks ago. I wanted to ask whether you also need "
    "somebody on Sunday mornings, because that would suit me well. Thank you, and goodbye."
)
MAY_ASK = "May leave a message."
MAY_NOT = "May not ask yet, or has asked already."
ENDED = "Has ended."


def open_phone_line(employer: Employer) -> None:
    """Before anybody applies, so that each receipt names it."""
    if employer.slug == EMPLOYER:
        with employer.scope():
            set_up_line(employer, number=NUMBER, greeting=GREETING, is_on=True, by="Admin")
        employer.refresh_from_db()


def load_phone_line(home: Path, arrive: Any) -> None:
    """Writes who can be tried, with reference and PIN, to `home`/demo-line.json.
    `arrive(message, at)` lets a message of the past arrive then."""
    employer = Employer.objects.filter(slug=EMPLOYER).first()
    if employer is None:
        return
    with employer.scope():
        by_why = _by_why()
        if speaking := by_why[MAY_ASK][1:2]:
            _leave_a_message(speaking[0], arrive)
        tries = [_try(found[0], why) for why, found in by_why.items() if found]
    (home / "demo-line.json").write_text(json.dumps([asdict(each) for each in tries], indent=1))


def _by_why() -> dict[str, list[Application]]:
    """Who can be tried for what, at most two of each."""
    found: dict[str, list[Application]] = {MAY_ASK: [], MAY_NOT: [], ENDED: []}
    for application in Application.objects.for_page().order_by("applied_at", "id"):
        if not application.is_open:
            why = ENDED
        else:
            why = MAY_ASK if contact_advice(application).may_ask else MAY_NOT
        if len(found[why]) < 2:
            found[why].append(application)
    return found


def _try(application: Application, why: str) -> Try:
    pin = issue_pin(application, key=uuid7(), by="the applicant")
    reference = spoken_reference(application.reference)
    return Try(application.name, why, NUMBER, reference, spoken_pin(pin))


def _leave_a_message(application: Application, arrive: Any) -> None:
    sound = speak(MESSAGE, "en-US") if can_speak() else hum(9)
    left = Left(call="CA0", sid="RE0", number=NUMBER, account="AC0", address="the demo", seconds=11)
    with clock_at(now() - dt.timedelta(hours=20)):
        recording, _ = hear_voicemail(application, left)
        kept = Document.objects.receive(ContentFile(sound), name="voicemail.wav", kind="wav")
        kept.keep_text("", resume={})
        recording.keep(kept)
        recording.write_down(MESSAGE)
        for answer in application.messages().filter(kind="answer").unsent():
            arrive(answer, now())

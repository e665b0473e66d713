"""What an applicant left on the phone line, treated as if they had asked on their page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from sincerely.hiring.asking import ONE_ANSWER_PER, NotYet, ask, write_again
from sincerely.hiring.models import Application, Recording
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One recording as the provider tells of it; fields as in Recording."""

    call: str
    sid: str
    number: str
    account: str
    address: str
    seconds: int


def note_heard(application: Application) -> None:
    """Somebody with reference and PIN heard the status on the phone line; on record once a day.
    That tells nobody anything in the sense of a promise, as looking at the page does not."""
    lately = clock.now() - ONE_ANSWER_PER
    if not application.events().filter(kind="status_heard", at__gt=lately).exists():
        application.record("status_heard", by=APPLICANT)


def hear_voicemail(
    application: Application, left: Left, topic: Topic = Topic.QUESTION
) -> tuple[Recording, bool]:
    """Take it as what the applicant asks, which a person answers; once for each call. Returns the
    recording and whether it is new.

    One that comes when nothing is open, because it was used meanwhile, is kept and answered by the
    true state.
    """
    with transaction.atomic():
        application.lock()
        if known := Recording.objects.filter(call=left.call).first():
            return known, False
        recording = Recording(application=application, **asdict(left))
        said: Any = {"channel": Channel.VOICEMAIL, "text": f"(A {recording}.)"}
        try:
            recording.follow_up = ask(application, topic, **said)
        except NotYet:
            write_again(application, **said)
        recording.save(force_insert=True)
        return recording, True

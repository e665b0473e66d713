"""Sending a message: one way for every kind of it, with quiet hours and threads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sincerely.accounts.models import Employer
from sincerely.hiring.quiet_hours import goes_out_at
from sincerely.hiring.refusal import CannotDo
from sincerely.hiring.wording import Wording
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import Letter
from sincerely.outbox.threads import NEW, Thread, threads_of

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application


# They answer what the applicant wrote, and stand below it in their mail program.
ANSWERING = {"answer", "reply", "withdrawal_asked"}


def send(
    application: Application, kind: str, text: Wording, *, hold: dt.timedelta | None = None
) -> Message | None:
    """Queue it in the caller's transaction; None when there is no address to send it to.

    With `hold` it waits so long, and may be taken back until then. Unless it answers what the
    applicant just did, it waits for the end of the employer's quiet hours, too.
    """
    if not application.email:
        return None
    thread = thread_of(application)
    return Message.objects.queue(**letter(application, kind, text, hold=hold, thread=thread))


def write_to(
    employer: Employer, kind: str, text: Wording, *, to: tuple[str, str], about: Any
) -> Message:
    """Queue a message to somebody without an application: `to` is name and address, `about` the
    row that it tells of."""
    return Message.objects.queue(
        kind=kind,
        to_name=to[0],
        to_address=to[1],
        subject=text.subject,
        text=text.body,
        about_id=about.pk,
        hold_until=goes_out_at(employer, kind),
        employer=employer,
    )


def thread_of(application: Application) -> Thread:
    """The thread of what was sent about this application. One statement."""
    return threads_of([application.pk]).get(application.pk, NEW)


def letter(
    application: Application,
    kind: str,
    text: Wording,
    *,
    hold: dt.timedelta | None = None,
    thread: Thread = NEW,
) -> Letter:
    """What `Message.objects.queue` is told for a message to this applicant."""
    return {
        "kind": kind,
        "to_address": application.email,
        "to_name": application.name,
        "subject": text.subject,
        "text": text.body,
        "about_id": application.pk,
        "hold_until": goes_out_at(application.employer, kind, hold),
        "reply_to": application.employer.reply_to,
        "refers_to": thread.above(answers=kind in ANSWERING),
        "employer": application.employer,
    }


def take_back(message: Message | None) -> None:
    """See that it is never sent; raises CannotDo when it is too late. None is always taken back."""
    if message and not message.skip("taken back within the undo window"):
        raise CannotDo("It is too late to take it back: the message is on its way.")

"""Sending a message about an application to the applicant: one way for every kind of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sincerely.hiring.quiet_hours import goes_out_at
from sincerely.hiring.refusal import CannotDo
from sincerely.hiring.wording import Wording
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import Letter

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application


def send(
    application: Application, kind: str, text: Wording, *, hold: dt.timedelta | None = None
) -> Message | None:
    """Queue it in the caller's transaction; None when there is no address to send it to.

    With `hold` it waits so long, and may be taken back until then. Unless it answers what the
    applicant just did, it waits for the end of the employer's quiet hours, too.
    """
    if not application.email:
        return None
    return Message.objects.queue(**letter(application, kind, text, hold=hold))


def letter(
    application: Application, kind: str, text: Wording, *, hold: dt.timedelta | None = None
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
        "employer": application.employer,
    }


def take_back(message: Message | None) -> None:
    """See that it is never sent; raises CannotDo when it is too late. None is always taken back."""
    if message and not message.skip("taken back within the undo window"):
        raise CannotDo("It is too late to take it back: the message is on its way.")

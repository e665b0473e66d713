"""What the rooms below tell support."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from sincerely.hiring.models import Failure
from sincerely.hiring.signals import failure_over
from sincerely.kernel.failures import Failed
from sincerely.kernel.signals import request_failed
from sincerely.outbox.models import Message
from sincerely.outbox.proof import UNREACHED
from sincerely.outbox.signals import message_settled
from sincerely.support import noting
from sincerely.support.letters import REPLY
from sincerely.support.models.incident import Incident
from sincerely.support.models.trail import Kind


@receiver(request_failed)
def note_failure(failed: Failed, **_: Any) -> None:
    noting.note(failed)


@receiver(failure_over, sender=Failure)
def note_end(failure: Failure, how: str, by: Any, note: str, **_: Any) -> None:
    if incident := Incident.objects.filter(pk=failure.pk).first():
        key = failure.application_key
        incident.be_over(Kind(how), by=by, note=note, application_key=key)


@receiver(message_settled, sender=Message)
def ask_again_for_a_lost_reply(message: Message, state: str, **_: Any) -> None:
    if message.kind != REPLY or state not in UNREACHED or message.about_id is None:
        return
    if incident := Incident.objects.filter(pk=message.about_id).first():
        incident.lose_reply()

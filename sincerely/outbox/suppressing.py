"""When an address gets no more mail by itself, and which mails were not sent because of that."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from sincerely.outbox.faults import fault_of
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.proof import PROOF, UNREACHED
from sincerely.outbox.signals import message_settled

State = Message.State
COMPLAINED = "Marked a mail of ours as unwanted (spam)"
CAME_BACK = "Two mails came back: nobody is known there under this address"


def lost() -> Any:
    """Messages that did not reach their reader by no wish of ours: came back, were given up, or
    went to an address that gets no mail."""
    return Message.objects.filter(Q(state__in=UNREACHED) | Q(stopped=True))


def is_lost(message: Message) -> bool:
    """Whether it is one of them."""
    return message.state in UNREACHED or message.stopped


def why_lost(message: Message) -> str:
    """What was said about it when it was lost, word for word."""
    said = message.deliveries.filter(state=message.state).order_by("-at", "-id")
    return str(said.values_list("evidence", flat=True).first() or "")


@receiver(message_settled, sender=Message)
def stop_after_two(message: Message, state: str, evidence: str, **_: Any) -> None:
    """One mail may come back by a mistake of theirs. After the second about the same thing, with
    nothing that arrived in between, the address is taken for wrong."""
    if state != State.BOUNCED or message.about_id is None or not fault_of(evidence).is_hard:
        return
    same = Message.objects.filter(about_id=message.about_id, to_address=message.to_address)
    known = same.filter(state__in=[*PROOF, State.BOUNCED]).exclude(pk=message.pk)
    newest = known.order_by("-created_at", "-id").only("state")[:5]
    came_back = takewhile(lambda other: other.state == State.BOUNCED, newest)
    if any(fault_of(why_lost(other)).is_hard for other in came_back):
        Suppression.objects.suppress(message.to_address, CAME_BACK)

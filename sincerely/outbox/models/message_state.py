"""The states of a message, and what may follow what."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    RELAYED = "relayed", "Relayed"
    DELIVERED = "delivered", "Delivered"
    DELAYED = "delayed", "Delayed"
    BOUNCED = "bounced", "Bounced"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Skipped"


UNSENT = (State.QUEUED, State.SENDING)
_REPORTED = {State.RELAYED, State.DELIVERED, State.DELAYED, State.BOUNCED}
# What may follow what. A report may overtake our own note that the mail was sent (or replace it,
# when the worker died between); a late bounce may follow a delivery.
MAY_FOLLOW: dict[str, set[State]] = {
    State.QUEUED: {State.SENT, State.FAILED, State.SKIPPED} | _REPORTED,
    State.SENDING: {State.SENT, State.FAILED, State.SKIPPED} | _REPORTED,
    State.SENT: {State.FAILED} | _REPORTED,
    State.DELAYED: {State.RELAYED, State.DELIVERED, State.BOUNCED, State.FAILED},
    State.RELAYED: {State.DELIVERED, State.BOUNCED},
    State.DELIVERED: {State.BOUNCED},
    State.FAILED: {State.RELAYED, State.DELIVERED, State.BOUNCED},
    State.BOUNCED: set(),
    State.SKIPPED: set(),
}

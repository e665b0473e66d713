"""What the outbox tells the rooms above it."""

from __future__ import annotations

from django.dispatch import Signal

# sender=Message, message=<Message>, state=<Message.State>, evidence=<what was said>. Sent inside
# the transaction that writes the state, for every state after `sending`; a receiver that raises
# undoes the state with it.
message_settled = Signal()

from __future__ import annotations

from sincerely.outbox.models.account_mail import AccountMail
from sincerely.outbox.models.answer import Answer
from sincerely.outbox.models.delivery import Delivery
from sincerely.outbox.models.message import Message
from sincerely.outbox.models.suppression import Suppression

__all__ = ["AccountMail", "Answer", "Delivery", "Message", "Suppression"]

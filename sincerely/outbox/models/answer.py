"""A mail that answered one of ours: what we say to it stands below it in the reader's thread."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet

# RFC 5322, 3.6.4, as far as it may stand in a header of ours: one line, no space, no bracket.
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,800}>")


def message_id_in(text: str) -> str:
    """The first Message-ID in a header's value; empty when there is none that may be repeated."""
    found = _MESSAGE_ID.search(text)
    return found[0] if found else ""


class AnswerQuerySet(TenantQuerySet):
    def note(self, message: Any, message_id: str) -> None:
        """An answer to `message` came in; `message_id` is its header's value."""
        if known := message_id_in(message_id):
            self.get_or_create(message=message, mail_id=known)


class Answer(TenantModel):
    """`message` is ours, `mail_id` the Message-ID of what answered it."""

    message = TenantForeignKey("outbox.Message", related_name="answers", on_delete_cascade=True)
    mail_id = models.CharField(max_length=810)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = TenantManager.from_queryset(AnswerQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "message", "mail_id"], name="answer_once")
        ]

    def __str__(self) -> str:
        return self.mail_id

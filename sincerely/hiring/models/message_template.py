"""An employer's own wording of a message; where there is none, the default of wording.py holds."""

from __future__ import annotations

from django.db import models

from sincerely.hiring.models.setup_row import SetupRow
from sincerely.kernel.fields import EmployerKey


class MessageTemplate(SetupRow):
    employer = EmployerKey(related_name="message_templates")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=10_000)

    class Meta(SetupRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "kind"], name="message_template_once")
        ]

    def __str__(self) -> str:
        return self.kind

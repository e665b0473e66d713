"""How a job is going to be closed, while somebody writes it, and the lines for single people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.hiring.models.closure import Reason
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class CloseOut(TenantModel):
    """Why a job closes, and what the people in each stage read.

    `words` holds what was written by hand: stage id → [subject, text]; the rest get the reason's
    own message. From `started_at` on it is not changed any more.
    """

    job = TenantForeignKey("hiring.Job", on_delete_cascade=True, related_name="close_outs")
    reason = models.CharField(max_length=20, choices=Reason, default=Reason.JOB_FILLED)
    words = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    written_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["employer", "job"], name="close_out_once")]

    def __str__(self) -> str:
        return f"close-out of {self.job}"


class PersonalLine(TenantModel):
    """What one person is told besides, in the message that ends their application."""

    employer = EmployerKey(related_name="personal_lines")
    application = TenantForeignKey("hiring.Application", on_delete_cascade=True, related_name="+")
    text = models.CharField(max_length=1_000)
    by = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "application"], name="personal_line_once")
        ]

    def __str__(self) -> str:
        return self.text

"""A conversation by phone, a voicemail, or a visit, as somebody of the team logged it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class Call(TenantModel):
    """`by_us`: the team called the applicant, which is nobody's follow-up."""

    class Kind(models.TextChoices):
        CALL = "call", "Call"
        VOICEMAIL = "voicemail", "Voicemail"
        VISIT = "visit", "Visit"

    employer = EmployerKey(related_name="calls")
    application = TenantForeignKey("hiring.Application", related_name="calls")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    by_us = models.BooleanField(default=False)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["employer", "application", "-at"], name="call_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"

"""What a hiring manager says of an applicant: advance, decline or discuss, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.accounts.models import Identity
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class Review(TenantModel):
    """Internal: neither the outcome nor the reason is ever shown to the applicant."""

    class Outcome(models.TextChoices):
        ADVANCE = "advance", "Advance"
        DECLINE = "decline", "Decline"
        DISCUSS = "discuss", "Discuss"

    employer = EmployerKey(related_name="reviews")
    application = TenantForeignKey("hiring.Application", related_name="reviews")
    stage = TenantForeignKey("hiring.Stage", related_name="+")
    identity = ReferenceForeignKey(Identity, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "application", "-at"], name="review_of"),
            models.Index(fields=["employer", "stage"], name="review_stage"),
            models.Index(
                fields=["employer", "at"],
                name="review_to_discuss",
                condition=models.Q(outcome="discuss"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identity}: {self.get_outcome_display()}"

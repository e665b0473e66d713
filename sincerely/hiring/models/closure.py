"""The end of an application: decided at `at`, told when its message is delivered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class Reason(models.TextChoices):
    HIRED = "hired", "Hired"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn by the applicant"
    JOB_FILLED = "job_filled", "Job filled"
    JOB_CANCELLED = "job_cancelled", "Job cancelled"


class Closure(TenantModel):
    """One end of one application. Decided and told are two facts: `at`, and `told_at`.

    `note` is for the team and never shown to the applicant. `shown_at` is the end of the undo
    window; before it nothing the applicant sees may change.
    """

    employer = EmployerKey(related_name="closures")
    application = TenantForeignKey("hiring.Application", related_name="closures")
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)
    shown_at = models.DateTimeField()
    message = TenantForeignKey("outbox.Message", null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_how = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "application"], name="closure_once")
        ]
        indexes = [
            models.Index(fields=["employer", "message"], name="closure_message"),
            models.Index(
                fields=["employer", "at"], name="closure_untold", condition=models.Q(told_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()

    def told_with(self) -> Any:
        """The ends of the same person's other applications that the same message tells of."""
        if self.message_id is None:
            return Closure.objects.none()
        others = Closure.objects.filter(message=self.message_id).exclude(pk=self.pk)
        return others.select_related("application__employer", "application__job")

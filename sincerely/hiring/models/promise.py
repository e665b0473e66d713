"""The date by which an applicant hears next."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class Outcome(models.TextChoices):
    OPEN = "open", "Open"
    KEPT = "kept", "Kept"
    BROKEN = "broken", "Broken"
    REPLACED = "replaced", "Replaced by a later one before it was told"
    RELEASED = "released", "Released: the applicant withdrew"


class PromiseQuerySet(TenantQuerySet):
    def open(self) -> PromiseQuerySet:
        return self.filter(outcome=Outcome.OPEN)

    def shown(self) -> PromiseQuerySet:
        """Promises the applicant may know of, newest first."""
        told = self.filter(shown_at__lte=clock.now()).exclude(outcome=Outcome.REPLACED)
        return told.order_by("-made_at", "-id")

    def revive(self, given_up_at: dt.datetime) -> None:
        """The decision of that instant, which replaced or released them, was taken back."""
        outcomes = [Outcome.REPLACED, Outcome.RELEASED]
        given_up = self.filter(settled_at=given_up_at, outcome__in=outcomes)
        given_up.update(outcome=Outcome.OPEN, settled_at=None)


class Promise(TenantModel):
    """By `due_on` (a day in the employer's zone) the applicant hears next.

    Made with the message that tells of it, and shown to the applicant from `shown_at` on. Kept only
    by a message that was delivered (or relayed) or by a logged conversation.
    """

    employer = EmployerKey(related_name="promises")
    application = TenantForeignKey("hiring.Application", related_name="promises")
    stage = TenantForeignKey("hiring.Stage", related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField()
    message = TenantForeignKey("outbox.Message", null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    settled_at = models.DateTimeField(null=True)
    kept_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(PromiseQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "application", "-made_at"], name="promise_of"),
            models.Index(fields=["employer", "stage"], name="promise_stage"),
            models.Index(fields=["employer", "message"], name="promise_message"),
            models.Index(
                fields=["employer", "due_on"],
                name="promise_due",
                condition=models.Q(outcome="open"),
            ),
            models.Index(
                fields=["employer", "settled_at"],
                name="promise_kept",
                condition=models.Q(outcome="kept"),
            ),
        ]

    def __str__(self) -> str:
        return f"by {self.due_on:%d %B %Y}"

    def settle(self, outcome: Outcome, *, by: Any = "") -> bool:
        """Close an open promise, once; says whether this call did it."""
        changed = (
            type(self)
            .objects.filter(pk=self.pk, outcome=Outcome.OPEN)
            .update(outcome=outcome, settled_at=clock.now(), kept_by=str(by))
        )
        return bool(changed)

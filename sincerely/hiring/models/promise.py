"""The date by which an applicant hears next."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models

from sincerely.hiring.dates import morning_after
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

    def due_to_wake(self, now: dt.datetime) -> PromiseQuerySet:
        return self.open().filter(wake_at__lte=now)

    def shown(self) -> PromiseQuerySet:
        """Promises the applicant may know of, newest first."""
        told = self.filter(shown_at__lte=clock.now()).exclude(outcome=Outcome.REPLACED)
        return told.order_by("-made_at", "-id")

    def standing_date(self) -> dt.date | None:
        """The date of the newest promise that no later decision replaced."""
        standing = self.exclude(outcome=Outcome.REPLACED).order_by("made_at", "id")
        return standing.values_list("due_on", flat=True).last()

    def revive(self, given_up_at: dt.datetime) -> None:
        """The decision of that instant, which replaced or released them, was taken back."""
        outcomes = [Outcome.REPLACED, Outcome.RELEASED]
        given_up = self.filter(settled_at=given_up_at, outcome__in=outcomes)
        given_up.update(outcome=Outcome.OPEN, settled_at=None)

    def reopen(self, message: Any) -> None:
        """The message that kept them came back after all: they are owed again."""
        self.filter(kept_with=message).owe_again()

    def owe_again(self) -> None:
        """They were not kept after all."""
        owed = {"outcome": Outcome.OPEN, "settled_at": None, "kept_by": "", "kept_with": None}
        self.update(**owed, wake_at=clock.now())


class Promise(TenantModel):
    """By `due_on` (a day in the employer's zone) the applicant hears next.

    Made with the message that tells of it, and shown to the applicant from `shown_at` on. Kept only
    by a message that was delivered (or relayed), `kept_with`, or by a logged conversation.
    `wake_at` is a hint when to look whether it was missed (lateness.py), null when there is nothing
    more to look for; `missed_at` is when that was found.
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
    kept_with = TenantForeignKey("outbox.Message", null=True, related_name="+")
    wake_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)

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
            models.Index(fields=["employer", "kept_with"], name="promise_kept_with"),
            # For the figures: what fell due in a period, whatever became of it.
            models.Index(fields=["employer", "due_on"], name="promise_by_day"),
            # Holds open promises alone; a sweep over all employers skips from one to the next.
            models.Index(
                fields=["employer", "wake_at"],
                name="promise_wakes",
                condition=models.Q(wake_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"by {self.due_on:%d %B %Y}"

    @classmethod
    def made(cls, application: Any, due_on: dt.date, **fields: Any) -> Promise:
        """A promise to this applicant, not saved yet; it wakes on the morning after its grace."""
        wake_at = morning_after(due_on, application.employer)
        fields = {"employer": application.employer, "due_on": due_on, "wake_at": wake_at} | fields
        return cls(application=application, **fields)

    def settle(self, outcome: Outcome, *, by: Any = "", message: Any = None) -> bool:
        """Close an open promise, once; says whether this call did it."""
        settled = {"outcome": outcome, "settled_at": clock.now(), "kept_by": str(by)}
        still_open = type(self).objects.filter(pk=self.pk, outcome=Outcome.OPEN)
        return bool(still_open.update(**settled, kept_with=message, wake_at=None))

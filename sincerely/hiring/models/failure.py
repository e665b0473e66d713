"""The application system failed somebody: what verdicts, the first try and the desk rest on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models, transaction

from sincerely.hiring.dates import local_day
from sincerely.hiring.refusal import CannotDo
from sincerely.hiring.signals import failure_over
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet, record
from sincerely.protocol import facts


class FailureQuerySet(TenantQuerySet):
    def of(self, application: Any) -> FailureQuerySet:
        return self.filter(application_key=application.pk).order_by("-failed_at", "-id")

    def escalated(self) -> FailureQuerySet:
        """Those in which only the employer can still help: support kept nobody's word."""
        return self.filter(escalated_at__isnull=False, solved_at=None)


class Failure(TenantModel):
    """What the employer's side needs to know of an incident of the operator's (support.Incident).

    It has the incident's id and repeats its dates, because support is a floor above and verdicts
    must not ask there; `failing.tell` alone writes them. `application_key` is the id of the
    application, which may not be here yet: it is the key of the form. `was_try`: an application
    was sent and failed, so it counts from then when it comes, at `arrived_at`, which may be long
    after support has solved it. `notes` are the applicant's own words, handed over when it was
    escalated.
    """

    employer = EmployerKey(related_name="failures")
    job = TenantForeignKey("hiring.Job", null=True, on_delete_cascade=True, related_name="failures")
    application_key = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    code = models.CharField(max_length=7)
    was_try = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True)
    replied_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(FailureQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "application_key", "-failed_at"], name="failure_of"),
            # Holds the tries alone that nothing came of yet: every application asks here.
            models.Index(
                fields=["employer", "job"],
                name="failure_try",
                condition=models.Q(was_try=True, arrived_at=None),
            ),
            models.Index(
                fields=["employer", "escalated_at"],
                name="failure_escalated",
                condition=models.Q(escalated_at__isnull=False, solved_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.failed_at:%Y-%m-%d}"

    def as_fact(self) -> facts.Incident:
        """For the protocol. Who reported it has told the steps."""

        def day(at: dt.datetime | None) -> dt.date | None:
            return local_day(at, self.employer) if at else None

        return facts.Incident(
            failed_on=local_day(self.failed_at, self.employer),
            support_asked_on=day(self.asked_at),
            reply_by=self.reply_by,
            replied_on=day(self.replied_at),
            solved_on=day(self.solved_at),
            steps_followed=self.asked_at is not None,
            code=self.code,
        )

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def settle(self, *, by: Any, note: str = "") -> None:
        """Somebody at the employer has helped. Raises CannotDo when it is solved already."""
        with transaction.atomic():
            if self.lock().solved_at:
                raise CannotDo("This has been solved already.")
            self.solved_at = clock.now()
            self.save(update_fields=["solved_at"])
            record("failure_settled", self, by=by, data={"note": note})
            failure_over.send(sender=Failure, failure=self, how="helped", by=by, note=note)

"""One call of a mail provider's webhook: its body first, what it means later."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

import structlog
from django.db import models, transaction

from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

log = structlog.get_logger()


class ChangedReplay(Exception):
    """A call with the number of an earlier one, and another body: made up by somebody who saw it.
    (Some providers sign the number, and not the body.)"""


class ProviderCallQuerySet(models.QuerySet):
    def take_in(
        self, *, provider: str, kind: str, number: str, content_type: str, body: bytes
    ) -> None:
        """Store one call and the job that reads it. When this returns, it will not be lost.

        `number` is what the provider gave this call alone, or empty. The same call again changes
        nothing. Raises ChangedReplay.
        """
        from sincerely.inbound.jobs import reading_of_call

        digest = hashlib.sha256(body).hexdigest()
        key = f"{provider}:{kind}:{number or digest}"[:200]
        call: Any = self.model(
            provider=provider, kind=kind, key=key, content_type=content_type[:200], body=body
        )
        with transaction.atomic(savepoint=False):
            self.bulk_create([call], ignore_conflicts=True)
            stored: Any = self.get(key=key)
            if stored.pk == call.pk:
                reading_of_call(key).defer()
        if bytes(stored.body) != body:
            raise ChangedReplay

    def unread(self) -> ProviderCallQuerySet:
        return self.filter(state=ProviderCall.State.STORED)


class ProviderCall(models.Model):
    """A call as it came, its signature checked. A global table: whose it is follows from reading.

    `kind` is "tracking" (what became of a mail) or "inbound" (a mail). `outcome` is what was done
    with it, `reason` why nothing could be.
    """

    class State(models.TextChoices):
        STORED = "stored", "Stored"
        READ = "read", "Read"
        KEPT = "kept", "Kept"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    provider = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=200)
    body = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    outcome = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ProviderCallQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state="stored"),
                name="provider_call_unread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.provider}: {self.state}"

    def read(self) -> None:
        """Find out what it says and act on it, once. A second run finds nothing to do."""
        from sincerely.inbound.provider_events import Unreadable, act_on

        with transaction.atomic():
            call = type(self).objects.select_for_update().get(pk=self.pk)
            if call.state != self.State.STORED:
                return
            try:
                call.outcome, call.state = act_on(call)[:500], self.State.READ
            except Unreadable as error:
                call.reason, call.state = str(error)[:200], self.State.KEPT
                log.error("a mail provider's call was kept", key=call.key, why=call.reason)
            call.read_at = clock.now()
            call.save(update_fields=["state", "outcome", "reason", "read_at"])

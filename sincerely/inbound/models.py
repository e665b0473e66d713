"""Mail that came in: its bytes first, what they mean later."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from sincerely.inbound.provider_call import ProviderCall as ProviderCall  # a table of this room
from sincerely.inbound.voice.step import VoiceStep as VoiceStep  # a table of this room
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7


class State(models.TextChoices):
    STORED = "stored", "Stored"
    READ = "read", "Read"
    KEPT = "kept", "Kept"


def digest_of(recipients: Sequence[str], raw: bytes) -> str:
    """The key under which the same mail, delivered twice, is one."""
    envelope = "\n".join(sorted(address.strip().lower() for address in recipients))
    return hashlib.sha256(envelope.encode(errors="replace") + b"\0" + raw).hexdigest()


def _storable(address: str) -> str:
    """Whatever was said on the wire, in a form the column takes: nothing may stop the storing."""
    return address.replace("\0", "").encode(errors="replace").decode()[:320]


class InboundMailQuerySet(models.QuerySet):
    def take_in(self, *, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        """Store one mail and the job that reads it. When this returns, it will not be lost.

        Nothing is looked into here. The same mail again changes nothing.
        """
        from sincerely.inbound.jobs import reading_of

        mail: Any = self.model(
            digest=digest_of(recipients, raw),
            sender=_storable(sender),
            recipients=[_storable(address) for address in recipients],
            raw=raw,
        )
        with transaction.atomic(savepoint=False):
            self.bulk_create([mail], ignore_conflicts=True)
            reading_of(mail.digest).defer()

    def unread(self) -> InboundMailQuerySet:
        return self.filter(state=State.STORED)


class InboundMail(models.Model):
    """One mail as it came in. A global table: whose it is follows from reading it.

    `recipients` are those of the envelope. `employer_id` and `message_id` name the message that it
    turned out to be about; they are no foreign keys, because a global table refers to no tenant's.
    `outcome` is what was done with it, `reason` why it was kept for a person.
    """

    State = State

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=320, blank=True)
    recipients = ArrayField(models.CharField(max_length=320))
    raw = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    employer_id = models.UUIDField(null=True, blank=True)
    message_id = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = InboundMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state=State.STORED),
                name="inbound_unread",
            ),
            models.Index(fields=["employer_id", "received_at"], name="inbound_employer"),
        ]

    def __str__(self) -> str:
        return f"mail to {', '.join(self.recipients)}: {self.state}"

    def read(self) -> None:
        """Find out what it is and act on it, once. A second run finds nothing to do."""
        from sincerely.inbound.sorting import sort

        with transaction.atomic():
            mail = type(self).objects.select_for_update().get(pk=self.pk)
            if mail.state != State.STORED:
                return
            sorted_as = sort(mail)
            mail.state = State.READ if sorted_as.outcome else State.KEPT
            mail.outcome, mail.reason = sorted_as.outcome[:200], sorted_as.reason[:200]
            mail.employer_id, mail.message_id = sorted_as.employer_id, sorted_as.message_id
            mail.read_at = clock.now()
            mail.save(
                update_fields=[
                    "state", "outcome", "reason", "employer_id", "message_id", "read_at"
                ]
            )  # fmt: skip

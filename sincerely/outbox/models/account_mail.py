"""Mail about a login (a code, a new password): it belongs to a person and to no employer."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models, transaction

from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

# A code is useless long before; a link to a new password is asked for again by then.
KEPT_FOR = dt.timedelta(hours=12)


class AccountMailQuerySet(models.QuerySet):
    def queue(self, to_address: str, raw: bytes) -> AccountMail:
        """Write one rendered mail and its job, in the caller's transaction."""
        with transaction.atomic(savepoint=False):
            mail: Any = self.create(to_address=to_address, raw=raw)
            mail.defer_delivery()
        return mail

    def expired(self, now: dt.datetime) -> models.QuerySet:
        return self.filter(created_at__lt=now - KEPT_FOR)


class AccountMail(models.Model):
    """One rendered mail that waits to be sent. The row is deleted then: it may hold a secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to_address = models.CharField(max_length=320)
    raw = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = AccountMailQuerySet.as_manager()

    def __str__(self) -> str:
        return f"account mail to {self.to_address}"

    def defer_delivery(self) -> None:
        from sincerely.outbox.jobs import deliver_account

        deliver_account.defer(mail_id=str(self.id))

"""That a member was reminded of what they owe, on one day."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction

from sincerely.accounts.models import Identity
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey
from sincerely.kernel.models import TenantManager, TenantModel


class ReminderManager(TenantManager):
    def claim(self, identity: Identity, day: dt.date) -> bool:
        """Take this person's reminder of this day, once; waits for who is just taking it."""
        try:
            with transaction.atomic():
                self.create(identity=identity, day=day)
        except IntegrityError:
            return False
        return True


class Reminder(TenantModel):
    """At most one for each person and `day` (at the employer's place), by a constraint."""

    employer = EmployerKey(related_name="reminders")
    identity = ReferenceForeignKey(Identity, related_name="+")
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = ReminderManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "identity", "day"], name="reminder_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.identity} on {self.day}"

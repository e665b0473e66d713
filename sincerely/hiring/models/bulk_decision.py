"""One decision on several applications, so that it can be taken back as one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.models import TenantManager, TenantModel


class BulkDecision(TenantModel):
    """Who decided on how many, and the ids of the rows that this made: closures or stage entries.

    Application id → row id, in `made`."""

    employer = EmployerKey(related_name="bulk_decisions")
    made = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)

    objects: ClassVar[Any] = TenantManager()

    def __str__(self) -> str:
        return f"{self.by} decided on {len(self.made)}"

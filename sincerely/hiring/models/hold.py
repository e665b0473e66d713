"""A debt that a member put aside until tomorrow; nothing but their own list knows of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from sincerely.accounts.models import Identity
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class HoldQuerySet(TenantQuerySet):
    def of(self, identity: Identity, today: dt.date) -> HoldQuerySet:
        """What this member holds as of today."""
        return self.filter(identity=identity, until__gt=today)

    def put(self, identity: Identity, kind: str, about_id: UUID, *, until: dt.date) -> Hold:
        """Put aside until that morning; again is the same. What was put aside before is over."""
        self.filter(identity=identity, until__lt=until).delete()
        row: Any
        key: dict[str, Any] = {"identity": identity, "kind": kind, "about_id": about_id}
        row, _ = self.update_or_create(**key, defaults={"until": until})
        return row


class Hold(TenantModel):
    """A row of one member's Today, hidden from it until the morning of `until`.

    It hides work, never a promise: what is due that day or before shows all the same
    (desk/debt_sources.py). `about_id` is the row that the debt of this `kind` is about.
    """

    employer = EmployerKey(related_name="holds")
    identity = ReferenceForeignKey(Identity, related_name="+")
    kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    until = models.DateField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = TenantManager.from_queryset(HoldQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "identity", "kind", "about_id"], name="hold_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}"

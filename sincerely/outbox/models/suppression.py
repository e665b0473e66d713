"""Addresses that an employer does not write to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


def plain(address: str) -> str:
    """The form in which addresses are compared."""
    return address.strip().lower()


class SuppressionQuerySet(TenantQuerySet):
    def in_force(self) -> SuppressionQuerySet:
        return self.filter(lifted_at=None)

    def stopping(self, address: str) -> Suppression | None:
        """What forbids mail to this address, if anything does."""
        return self.in_force().filter(address=plain(address)).first()

    def suppress(self, address: str, reason: str) -> Suppression:
        """Write no more mail to this address; keeps the first reason when it already is so."""
        row: Any
        row, _ = self.get_or_create(
            address=plain(address), lifted_at=None, defaults={"reason": reason}
        )
        return row


class Suppression(TenantModel):
    """One address that gets no mail, from `at` until `lifted_at`. A message to it is skipped."""

    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(SuppressionQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "address"],
                condition=models.Q(lifted_at=None),
                name="suppression_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"

    def lift(self) -> None:
        """Write to the address again from now on."""
        self.lifted_at = clock.now()
        self.save(update_fields=["lifted_at"])

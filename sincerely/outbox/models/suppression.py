"""Addresses that an employer does not write to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


def plain(address: str) -> str:
    """The form in which addresses are compared."""
    return address.strip().lower()[:254]


class SuppressionQuerySet(TenantQuerySet):
    def in_force(self) -> SuppressionQuerySet:
        return self.filter(lifted_at=None)

    def stopping(self, address: str) -> Suppression | None:
        """What forbids mail to this address, if anything does."""
        return self.in_force().filter(address=plain(address)).first()

    def suppress(self, address: str, reason: str, *, by: Any = "sincerely") -> Suppression:
        """Write no more mail to this address; keeps the first reason when it already is so."""
        row: Any
        row, _ = self.get_or_create(
            address=plain(address),
            lifted_at=None,
            defaults={"reason": reason[:200], "by": str(by)[:200]},
        )
        return row


class Suppression(TenantModel):
    """One address that gets no mail, from `at` until `lifted_at`. A message to it is skipped.

    `by` and `lifted_by` are people, a mail provider, or sincerely itself.
    """

    address = models.CharField(max_length=254)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_why = models.CharField(max_length=200, blank=True)

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

    def lift(self, *, by: Any, why: str) -> bool:
        """Write to the address again from now on; False when somebody did so before."""
        lifted = {"lifted_at": clock.now(), "lifted_by": str(by)[:200], "lifted_why": why[:200]}
        return type(self).objects.in_force().filter(pk=self.pk).update(**lifted) == 1

"""Rows that make up an employer's setup: read by almost every page, changed a few times a year."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from sincerely.accounts.models import Employer
from sincerely.kernel.models import TenantModel


class SetupRow(TenantModel):
    """A stage, policy, message template or phone line: changing it renews the employer's setup
    (setup.py)."""

    class Meta(TenantModel.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        renew_setup(self.employer_id)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        renew_setup(self.employer_id)
        return deleted


def renew_setup(employer_id: Any) -> None:
    """Make every process read the employer's setup afresh."""
    Employer.objects.filter(pk=employer_id).update(setup_version=F("setup_version") + 1)

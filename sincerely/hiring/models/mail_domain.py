"""A mail domain of which every address belongs to somebody who works at the employer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.models import TenantManager, TenantModel


class MailDomain(TenantModel):
    """`domain` is in lower case and in its own letters, such as `st-brigid.example`."""

    employer = EmployerKey(related_name="mail_domains")
    domain = models.CharField(max_length=254)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "domain"], name="mail_domain_once")
        ]

    def __str__(self) -> str:
        return self.domain

"""What an employer publishes about contact; a change adds a row."""

from __future__ import annotations

from django.db import models

from sincerely.hiring.models.setup_row import SetupRow
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.protocol.policy import Policy, policy_from_json


class PolicyVersion(SetupRow):
    """The contact policy from `in_force_from` on, for all jobs or for one.

    `published` is the policy in the form protocol.policy reads and writes.
    """

    employer = EmployerKey(related_name="policy_versions")
    job = TenantForeignKey("hiring.Job", null=True, related_name="policy_versions")
    in_force_from = models.DateTimeField(default=clock.now)
    published = models.JSONField(default=dict)

    class Meta(SetupRow.Meta):
        indexes = [
            models.Index(fields=["employer", "job", "-in_force_from"], name="policy_in_force")
        ]

    def __str__(self) -> str:
        return f"policy from {self.in_force_from:%Y-%m-%d}"

    @property
    def policy(self) -> Policy:
        return policy_from_json(self.published)

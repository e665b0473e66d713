"""What an employer publishes about contact; a change adds a row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from sincerely.hiring.models.setup_row import SetupRow
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.protocol.policy import Policy, policy_from_json


class PolicyVersion(SetupRow):
    """The contact policy from `in_force_from` on, for all jobs or for one.

    `published` is the policy in the form protocol.policy reads and writes; None, for a job alone,
    says that from then on the job goes by its employer's. `in_force_until` is the last moment of a
    row that ends by itself. Of the rows of one job (or of all jobs) the newest start stands, and of
    two that start together the row written later (protocol.policy.in_force).
    """

    employer = EmployerKey(related_name="policy_versions")
    job = TenantForeignKey("hiring.Job", null=True, related_name="policy_versions")
    in_force_from = models.DateTimeField(default=clock.now)
    in_force_until = models.DateTimeField(null=True)
    published = models.JSONField(null=True, default=dict)

    class Meta(SetupRow.Meta):
        indexes = [
            models.Index(fields=["employer", "job", "-in_force_from"], name="policy_in_force")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published__isnull=False) | models.Q(job__isnull=False),
                name="policy_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_until=None)
                | models.Q(in_force_until__gt=models.F("in_force_from")),
                name="policy_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"policy from {self.in_force_from:%Y-%m-%d}"

    @property
    def policy(self) -> Policy | None:
        return None if self.published is None else policy_from_json(self.published)

    @property
    def dated(self) -> DatedPolicy:
        return DatedPolicy(
            self.pk, self.job_id, self.in_force_from, self.in_force_until, self.policy
        )


@dataclass(frozen=True, slots=True)
class DatedPolicy:
    """A PolicyVersion as it is kept in memory; `policy` is None where the job goes by its
    employer's. Both ends are moments, and included."""

    id: UUID
    job_id: UUID | None
    since: dt.datetime
    until: dt.datetime | None
    policy: Policy | None

    @property
    def turns(self) -> list[dt.datetime]:
        """The moments from which something else may stand: its start, and what follows its end."""
        return [self.since] + ([self.until + dt.timedelta.resolution] if self.until else [])

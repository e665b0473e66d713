"""An employer's stages, policies and message templates, read together and kept in memory.

Almost every page and every application needs them, and they change a few times a year. The copy is
kept for one `setup_version` of the employer, which any change to such a row raises.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.models.message_template import MessageTemplate
from sincerely.hiring.models.policy_version import PolicyVersion
from sincerely.hiring.models.stage import Stage
from sincerely.protocol.policy import Policy

_KEPT = 2_000  # employers; a setup takes some kilobytes
_known: OrderedDict[UUID, tuple[int, Setup]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Setup:
    """What one employer set up; `all_stages` includes archived ones, in order of position."""

    all_stages: tuple[Stage, ...]
    templates: Mapping[str, MessageTemplate]
    policies: tuple[tuple[UUID | None, dt.datetime, Policy], ...]

    @property
    def stages(self) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.all_stages if stage.archived_at is None)

    def stage(self, stage_id: Any) -> Stage:
        """The stage with this id (UUID); raises Stage.DoesNotExist."""
        for stage in self.all_stages:
            if stage.pk == stage_id:
                return stage
        raise Stage.DoesNotExist

    def stage_after(self, stage_id: UUID) -> Stage | None:
        """The next active stage on the board, None after the last."""
        position = self.stage(stage_id).position
        return next((stage for stage in self.stages if stage.position > position), None)

    def policy(self, job_id: UUID | None, at: dt.datetime) -> Policy:
        """What stood at `at`: the job's own newest row, else the employer's, else the default."""
        for wanted in (job_id, None):
            rows = [row for row in self.policies if row[0] == wanted and row[1] <= at]
            if rows:
                return max(rows, key=lambda row: row[1])[2]
        return Policy()


def setup_of(employer: Employer) -> Setup:
    """The employer's setup, from memory when nothing changed since."""
    version, setup = _known.get(employer.pk, (None, None))
    if setup is None or version != employer.setup_version:
        setup = _read(employer)
        _known[employer.pk] = (employer.setup_version, setup)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return setup


def policy_of(application: Any) -> Policy:
    """The contact policy that stood when the application was sent; it judges it to its end."""
    return setup_of(application.employer).policy(application.job_id, application.applied_at)


def _read(employer: Employer) -> Setup:
    with employer.scope():
        return Setup(
            all_stages=tuple(Stage.objects.order_by("position", "id")),
            templates={row.kind: row for row in MessageTemplate.objects.all()},
            policies=tuple(
                (row.job_id, row.in_force_from, row.policy)
                for row in PolicyVersion.objects.order_by("in_force_from", "id")
            ),
        )

"""An employer's stages, policies, message templates and phone line, read together and kept in
memory.

Almost every page and every application needs them, and they change a few times a year. The copy is
kept for one `setup_version` of the employer, which any change to such a row raises.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.models.message_template import MessageTemplate
from sincerely.hiring.models.phone_line import PhoneLine
from sincerely.hiring.models.policy_version import DatedPolicy, PolicyVersion
from sincerely.hiring.models.stage import Stage
from sincerely.protocol.policy import Policy, in_force

_KEPT = 2_000  # employers; a setup takes some kilobytes
_known: OrderedDict[UUID, tuple[int, Setup]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Setup:
    """What one employer set up; `all_stages` includes archived ones, in order of position.

    `policies` are those of each job, and under None those for all jobs, as they were written.
    """

    all_stages: tuple[Stage, ...]
    templates: Mapping[str, MessageTemplate]
    policies: Mapping[UUID | None, tuple[DatedPolicy, ...]]
    phone_line: PhoneLine | None = None

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
        """What stood at `at`: the job's own policy, else the employer's, else the default."""
        own = self.policy_row(job_id, at) if job_id else None
        standing = own if own and own.policy else self.policy_row(None, at)
        return standing.policy if standing and standing.policy else Policy()

    def policy_row(self, job_id: UUID | None, at: dt.datetime) -> DatedPolicy | None:
        """The row that stood at `at`, of those for this job alone, or of those for all jobs."""
        return in_force(self.policies.get(job_id, ()), at)

    def policy_span(
        self, job_id: UUID | None, at: dt.datetime
    ) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Since when and until when the policy of `at` stands; None where there is no such bound.

        The end is the first moment of another policy, as planned today."""
        standing = self.policy(job_id, at)
        rows = (row for key in {job_id, None} for row in self.policies.get(key, ()))
        turns = sorted({turn for row in rows for turn in row.turns})
        others = [turn for turn in turns if self.policy(job_id, turn) != standing]
        last_other = max((turn for turn in others if turn <= at), default=None)
        alike = [turn for turn in turns if turn <= at and not (last_other and turn <= last_other)]
        return min(alike, default=None), min((turn for turn in others if turn > at), default=None)


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
            policies=_by_job(row.dated for row in PolicyVersion.objects.order_by("id")),
            phone_line=PhoneLine.objects.first(),
        )


def _by_job(rows: Iterable[DatedPolicy]) -> dict[UUID | None, tuple[DatedPolicy, ...]]:
    found: dict[UUID | None, tuple[DatedPolicy, ...]] = {}
    for row in rows:
        found[row.job_id] = (*found.get(row.job_id, ()), row)
    return found

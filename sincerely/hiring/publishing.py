"""What an employer publishes about being contacted: in sentences, and for other programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Employer
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.protocol.policy import Policy
from sincerely.protocol.policy_words import sentences
from sincerely.protocol.schemas import schema_text


def contact_sentences(employer: Employer, job_id: UUID | None = None) -> list[str]:
    """How an applicant may follow up, as it stands now; the most important sentence first."""
    return sentences(_policy(employer, job_id))


def first_answer_days(employer: Employer) -> int | None:
    """Business days within which who applies now hears next; None before there is a stage."""
    stages = setup_of(employer).stages
    return stages[0].promise_days if stages else None


def published_policy(employer: Employer, job_id: UUID | None = None) -> dict[str, Any]:
    """The policy as `policy_schema` describes it, with the days that each stage may take."""
    policy = _policy(employer, job_id)
    if not policy.promise_days:
        stages = setup_of(employer).stages
        promised = {stage.public_name: stage.promise_days for stage in stages}
        policy = replace(policy, promise_days=promised)
    if not policy.time_zone:
        policy = replace(policy, time_zone=employer.time_zone)
    return policy.to_json()


def policy_schema() -> str:
    """The JSON Schema of a published policy."""
    return schema_text("follow-up-policy")


def _policy(employer: Employer, job_id: UUID | None) -> Policy:
    return setup_of(employer).policy(job_id, clock.now())

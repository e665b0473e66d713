"""A new employer, ready to publish its first job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models import PolicyVersion, Stage
from sincerely.hiring.models.stage import DEFAULT_CRITERIA, InterviewKind
from sincerely.protocol.policy import policy_from_json

# Name, name and sentence for applicants, business days until they hear next. In one of them people
# meet, on a date that is agreed.
DEFAULT_STAGES = (
    (
        "New",
        "Received",
        "It is here, and will be read by a person.",
        5,
    ),
    (
        "Review",
        "With the hiring manager",
        "The hiring manager is reading it and decides who is invited.",
        10,
    ),
    ("Interview", "Interviews", "We are talking with the people we would like to meet.", 10),
    ("Offer", "Decision", "We are making up our minds.", 5),
)
# In the first nobody has met the applicant yet, in the last the talk is about the offer.
SCORED_STAGES = ("Review", "Interview")


def found_employer(*, policy: Mapping[str, Any] | None = None, **fields: Any) -> Employer:
    """Create an employer (fields as on Employer) with the default stages and a contact policy.

    `policy` is in the form that is published (protocol/schemas/follow-up-policy.json). Raises
    PolicyError, with the path of the field, when it cannot be."""
    with transaction.atomic():
        employer = Employer.objects.create(**fields)
        with employer.scope():
            for position, (name, public_name, text, days) in enumerate(DEFAULT_STAGES, start=1):
                Stage.objects.create(
                    position=position,
                    name=name,
                    public_name=public_name,
                    public_text=text,
                    promise_days=days,
                    criteria=list(DEFAULT_CRITERIA) if name in SCORED_STAGES else [],
                    kind=InterviewKind.INTERVIEW if name == "Interview" else "",
                )
            PolicyVersion.objects.create(published=policy_from_json(policy or {}).to_json())
        employer.refresh_from_db()
    return employer

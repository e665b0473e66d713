"""What the receipt says of following up: from which day on it is fine, and why."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from sincerely.hiring.dates import local_day
from sincerely.hiring.setup import policy_of
from sincerely.protocol.decide import decide
from sincerely.protocol.explain import explain
from sincerely.protocol.facts import Facts, Promise
from sincerely.protocol.rulebooks import compile_policy

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application


def advice_on_arrival(application: Application, due_on: dt.date | None) -> str:
    """What will be so once the receipt has arrived, in sentences; no statements."""
    employer = application.employer
    today = local_day(application.applied_at, employer)
    facts = Facts(
        applied_on=today,
        receipt="arrived",
        promises=(Promise(made_on=today, due_on=due_on),) if due_on else (),
        country=employer.country,
        subdivision=employer.subdivision,
        **names_of(application),
    )
    verdict = decide(facts, compile_policy(policy_of(application)), today)
    return " ".join(explain(verdict, "applicant", gettext, today))


def names_of(application: Application) -> dict[str, Any]:
    """What the drafts call everybody."""
    return {
        "applicant": application.name,
        "employer": application.employer.name,
        "job": application.job.title,
        "reference": application.reference,
    }

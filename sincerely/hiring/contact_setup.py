"""Changing what an employer publishes about contact, for all its jobs or for one.

Each change is a row of its own, dated: it holds from now on or from a later day, until it is
changed again or until a last day. Applications keep the policy that stood when they were sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.dates import day_begins, day_ends, in_words, local_day
from sincerely.hiring.models import CannotDo, Job, PolicyVersion
from sincerely.hiring.models.policy_version import DatedPolicy
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.models import record
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import ROLES, Policy, PolicyError, WalkIn
from sincerely.protocol.policy_words import ROLE_NAMES

STANCES = (
    ("email_once", "One e-mail", "It interrupts nobody, and can be answered at any hour."),
    ("call_once", "One call", "While your phone is answered. A voicemail is that call."),
    ("calls_welcome", "A call or an e-mail", "Whichever they like better, once."),
    ("no_follow_up_before_promise", "Nothing before your date", "They ask if you miss it."),
)
CONTACT_ROLES = tuple((role, ROLE_NAMES[role]) for role in ROLES)
CULTURES = (
    ("standard", "Like anywhere", "Whoever asks waits as long as everybody else."),
    ("bold", "Boldness is a plus", "Whoever calls the people of the trade need not wait."),
)
AS_EMPLOYER, OWN = "employer", "job"
POLICY_OF = (
    (AS_EMPLOYER, "As for the whole employer", "When that changes, it changes here too."),
    (OWN, "A policy of its own", "It stays as it is until you change it here."),
)
PLANNED_AT_MOST = dt.timedelta(days=731)


class PolicyFault(ValueError):
    """A field cannot be so; `field` is one of those of `fields_of`, the text says why."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


@dataclass(frozen=True, slots=True)
class Change:
    """A policy about to be published: from `begins` (None: from now on) to `ends` (None: until
    further notice), both days included. `policy` is None for a job that goes by its employer's."""

    policy: Policy | None
    begins: dt.date | None = None
    ends: dt.date | None = None


def fields_of(employer: Employer, job: Job | None = None) -> dict[str, Any]:
    """What holds now, as the fields of a form: hours as text, the walk-in taken apart."""
    setup, job_id, now = setup_of(employer), job.pk if job else None, clock.now()
    row, policy = setup.policy_row(job_id, now), setup.policy(job_id, now)
    walk_in = policy.walk_in
    return {
        "policy_of": OWN if row and row.policy else AS_EMPLOYER,
        "stance": policy.stance,
        "wait_days": policy.wait_days,
        "contact_role": policy.contact_role,
        "contact_name": policy.contact_name,
        "email": policy.email,
        "phone": policy.phone,
        "phone_hours": "\n".join(map(str, policy.phone_hours)),
        "walk_in_place": walk_in.place if walk_in else "",
        "walk_in_hours": "\n".join(map(str, walk_in.hours)) if walk_in else "",
        "culture": policy.culture,
        "begins": None,
        "ends": local_day(row.until, employer) if row and row.until else None,
    }


def read_change(employer: Employer, fields: Mapping[str, Any], job: Job | None = None) -> Change:
    """The change that these fields ask for; raises PolicyFault."""
    begins, ends = fields["begins"], fields["ends"]
    today = clock.today(employer.time_zone)
    _require_days(today, begins, ends)
    begins = begins if begins and begins > today else None
    if job and fields["policy_of"] == AS_EMPLOYER:
        return Change(None, begins, ends)
    starts = day_begins(begins, employer) if begins else clock.now()
    before = setup_of(employer).policy(job.pk if job else None, starts)
    return Change(_policy_with(before, fields), begins, ends)


def publish(employer: Employer, change: Change, *, by: Any, job: Job | None = None) -> bool:
    """Write the change down as a row of its own; False when it would change nothing.

    Raises PolicyFault for calls without a number.
    """
    if change.policy and change.policy.allows_calls and not change.policy.phone:
        raise PolicyFault("phone", "You let people call: give the number.")
    with transaction.atomic():
        # One at a time, so that the same change sent twice is one.
        fresh = Employer.objects.select_for_update().get(pk=employer.pk)
        begins = day_begins(change.begins, employer) if change.begins else clock.now()
        ends = day_ends(change.ends, employer) if change.ends else None
        standing = setup_of(fresh).policy_row(job.pk if job else None, begins)
        if _holds_already(standing, change.policy, ends):
            return False
        row = PolicyVersion.objects.create(
            employer=employer,
            job=job,
            in_force_from=begins,
            in_force_until=ends,
            published=change.policy.to_json() if change.policy else None,
        )
        record("policy_changed", row, by=by)
    return True


def take_back(employer: Employer, version_id: UUID, *, by: Any, job: Job | None = None) -> None:
    """Forget a change that has not begun. Raises PolicyVersion.DoesNotExist, and CannotDo for one
    that has: applications may already be judged by it."""
    with transaction.atomic():
        rows = PolicyVersion.objects.filter(employer=employer, job=job)
        row = rows.select_for_update(of=("self",)).get(pk=version_id)
        if row.in_force_from <= clock.now():
            raise CannotDo("It holds already, so it cannot be taken back. Publish another one.")
        told = {"from": row.in_force_from.isoformat(), "published": row.published}
        record("policy_taken_back", row, by=by, data=told)
        row.delete()


def _holds_already(
    row: DatedPolicy | None, policy: Policy | None, ends: dt.datetime | None
) -> bool:
    if row is None:
        return policy is None
    return (row.policy, row.until) == (policy, ends)


def _require_days(today: dt.date, begins: dt.date | None, ends: dt.date | None) -> None:
    if begins and begins < today:
        problem = "It cannot begin before today: who applied before keeps the policy of then."
        raise PolicyFault("begins", problem)
    for field, day in (("begins", begins), ("ends", ends)):
        if day and day > today + PLANNED_AT_MOST:
            raise PolicyFault(field, "Choose a day within the next two years.")
    if ends and ends < (begins or today):
        start = in_words(begins or today)
        raise PolicyFault("ends", f"It cannot end before it begins: choose {start} or a later day.")


def _policy_with(before: Policy, fields: Mapping[str, Any]) -> Policy:
    """The policy before, with these fields changed; what the form does not show is kept."""
    try:
        return replace(
            before,
            stance=fields["stance"],
            wait_days=fields["wait_days"],
            contact_role=fields["contact_role"],
            contact_name=fields["contact_name"],
            email=fields["email"],
            phone=fields["phone"],
            phone_hours=_hours(fields, "phone_hours"),
            walk_in=_walk_in(before, fields),
            culture=fields["culture"],
        )
    except PolicyError as error:
        raise PolicyFault(error.path.replace("walk_in.", "walk_in_"), error.problem) from error


def _walk_in(before: Policy, fields: Mapping[str, Any]) -> WalkIn | None:
    place, hours = fields["walk_in_place"], _hours(fields, "walk_in_hours")
    if bool(place) != bool(hours):
        missing = "walk_in_hours" if place else "walk_in_place"
        raise PolicyFault(missing, "Give both the place and the hours, or neither.")
    until = before.walk_in.until if before.walk_in else None
    return WalkIn(place=place, hours=hours, until=until) if place else None


def _hours(fields: Mapping[str, Any], name: str) -> Any:
    try:
        return parse_hours(fields[name])
    except ValueError as error:
        raise PolicyFault(name, str(error)) from error

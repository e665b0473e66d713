"""Changing what an employer publishes about contact: each change is a row of its own, dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models import PolicyVersion
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.models import Event, record
from sincerely.protocol.hours import parse_hours
from sincerely.protocol.policy import ROLES, Policy, PolicyError, WalkIn
from sincerely.protocol.policy_words import ROLE_NAMES, sentences

STANCES = (
    ("email_once", "One e-mail, after a wait"),
    ("call_once", "One call, after a wait"),
    ("calls_welcome", "A call or an e-mail, both are welcome"),
    ("no_follow_up_before_promise", "None before the promised date"),
)
CONTACT_ROLES = tuple((role, ROLE_NAMES[role]) for role in ROLES)
CULTURES = (("standard", "Standard"), ("bold", "Bold: a little push is a plus in this trade"))


class PolicyFault(ValueError):
    """A field cannot be so; `field` is one of those of `fields_of`, the text says why."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


def fields_of(employer: Employer) -> dict[str, Any]:
    """The policy in force, as the fields of a form: hours as text, the walk-in taken apart."""
    policy = _in_force(employer)
    walk_in = policy.walk_in
    return {
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
    }


def said_by(employer: Employer, fields: Mapping[str, Any]) -> list[str]:
    """What applicants would read of a policy with these fields; raises PolicyFault."""
    return sentences(_policy_with(employer, fields))


def change_policy(employer: Employer, fields: Mapping[str, Any], *, by: Any) -> bool:
    """Publish a policy from now on; False when nothing changed. Raises PolicyFault.

    Applications that are in keep the policy that stood when they were sent.
    """
    policy = _policy_with(employer, fields)
    if policy.allows_calls and not policy.phone:
        raise PolicyFault("phone", "You let people call: give the number.")
    if policy == _in_force(employer):
        return False
    with transaction.atomic():
        row = PolicyVersion.objects.create(employer=employer, published=policy.to_json())
        record("policy_changed", row, by=by)
    return True


def history(employer: Employer) -> list[dict[str, Any]]:
    """Each policy that was ever in force for all jobs, newest first: from when, by whom, what."""
    rows = list(
        PolicyVersion.objects.filter(employer=employer, job=None).order_by("-in_force_from")
    )
    events = Event.objects.filter(about_id__in=[row.pk for row in rows], kind="policy_changed")
    by = dict(events.values_list("about_id", "by"))
    return [
        {"from": row.in_force_from, "by": by.get(row.pk, ""), "sentences": sentences(row.policy)}
        for row in rows
    ]


def _in_force(employer: Employer) -> Policy:
    return setup_of(employer).policy(None, clock.now())


def _policy_with(employer: Employer, fields: Mapping[str, Any]) -> Policy:
    """The policy in force, with these fields changed; what the form does not show is kept."""
    place, hours = fields["walk_in_place"], _hours(fields, "walk_in_hours")
    if bool(place) != bool(hours):
        missing = "walk_in_hours" if place else "walk_in_place"
        raise PolicyFault(missing, "Give both the place and the hours, or neither.")
    try:
        return replace(
            _in_force(employer),
            stance=fields["stance"],
            wait_days=fields["wait_days"],
            contact_role=fields["contact_role"],
            contact_name=fields["contact_name"],
            email=fields["email"],
            phone=fields["phone"],
            phone_hours=_hours(fields, "phone_hours"),
            walk_in=WalkIn(place=place, hours=hours) if place else None,
            culture=fields["culture"],
        )
    except PolicyError as error:
        raise PolicyFault(error.path.replace("walk_in.", "walk_in_"), error.problem) from error


def _hours(fields: Mapping[str, Any], name: str) -> Any:
    try:
        return parse_hours(fields[name])
    except ValueError as error:
        raise PolicyFault(name, str(error)) from error

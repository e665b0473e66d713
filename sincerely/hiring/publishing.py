"""What an employer publishes about being contacted: in sentences, and for other programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer
from sincerely.hiring.dates import local_day
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.protocol.business_days import calendar_for
from sincerely.protocol.hours import hours_in_words
from sincerely.protocol.openings import next_opening, opening_in_words
from sincerely.protocol.policy import Policy
from sincerely.protocol.policy_words import sentences
from sincerely.protocol.schemas import schema_text


def contact_sentences(
    employer: Employer, job_id: UUID | None = None, at: dt.datetime | None = None
) -> list[str]:
    """How an applicant may follow up, as it stands now, or stood for who applied at `at`; the most
    important sentence first."""
    return sentences(_policy(employer, job_id, at))


@dataclass(frozen=True, slots=True)
class WalkInNow:
    """Where and when people may come in unasked: `now` says whether the door is open, or when it
    opens next; empty when it does not any more."""

    place: str
    hours: str
    now: str
    is_open: bool


def walk_in_now(employer: Employer, job_id: UUID | None = None) -> WalkInNow | None:
    """The published walk-in hours at this moment, at the employer's place; None without any."""
    walk_in = _policy(employer, job_id).walk_in
    if walk_in is None:
        return None
    moment = clock.now().astimezone(ZoneInfo(employer.time_zone)).replace(tzinfo=None)
    calendar = calendar_for(employer.country, employer.subdivision)
    opening = next_opening(walk_in.hours, moment, calendar, walk_in.until)
    return WalkInNow(
        place=walk_in.place,
        hours=hours_in_words(walk_in.hours),
        now=opening_in_words(opening, moment) if opening else "",
        is_open=opening is not None and opening.is_open_at(moment),
    )


def takes_walk_ins(employer: Employer) -> bool:
    """Whether walk-in hours are published now."""
    return _policy(employer, None).walk_in is not None


def first_answer_days(employer: Employer) -> int | None:
    """Business days within which who applies now hears next; None before there is a stage."""
    stages = setup_of(employer).stages
    return stages[0].promise_days if stages else None


def published_policy(employer: Employer, job_id: UUID | None = None) -> dict[str, Any]:
    """The policy as its schema describes it: since when it stands and, where a change is
    planned, its last day; with the days that each stage may take, and without a number that
    nobody may call."""
    policy, setup, now = _policy(employer, job_id), setup_of(employer), clock.now()
    since, next_one = setup.policy_span(job_id, now)
    until = next_one and next_one - dt.timedelta.resolution
    return replace(
        policy,
        phone=policy.phone if policy.allows_calls else "",
        phone_hours=policy.phone_hours if policy.allows_calls else (),
        promise_days={stage.public_name: stage.promise_days for stage in setup.stages},
        time_zone=policy.time_zone or employer.time_zone,
        since=since and local_day(since, employer),
        until=until and local_day(until, employer),
    ).to_json()


def published_schema(name: str) -> str:
    """The JSON Schema `follow-up-policy`, `facts` or `verdict`; raises KeyError for another."""
    return schema_text(name)


def _policy(employer: Employer, job_id: UUID | None, at: dt.datetime | None = None) -> Policy:
    return setup_of(employer).policy(job_id, at or clock.now())

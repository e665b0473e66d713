"""The employers of the simulation, their teams and jobs, founded as any employer is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.agenda import Agenda
from sincerely.config.simulation.chance import around, draw
from sincerely.config.simulation.people import Applicant
from sincerely.hiring.founding import found_employer
from sincerely.hiring.models import Job
from sincerely.kernel import clock

BEGINS = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)
PLACES = (
    ("America/New_York", "US", "NY"),
    ("Europe/Berlin", "DE", "BE"),
    ("Europe/Dublin", "IE", ""),
    ("America/Toronto", "CA", "ON"),
    ("Asia/Kolkata", "IN", ""),
    ("Pacific/Auckland", "NZ", ""),
    ("Europe/London", "GB", "ENG"),
    ("America/Los_Angeles", "US", "CA"),
)
CALL = {"phone": "+12125550142"}
STANCES: tuple[Mapping[str, Any], ...] = (
    {"stance": "email_once"},
    {"stance": "call_once", **CALL},
    {"stance": "email_once", "wait_days": 10},
    {"stance": "no_follow_up_before_promise"},
    {"stance": "calls_welcome", "culture": "bold", **CALL},
)
APPLICATIONS_PER_JOB = 50
APPLICATIONS_PER_PLACE = 150
# At the end of the run nothing is begun any more, and what is owed is paid.
WINDING_DOWN = 0.12


@dataclass(frozen=True, slots=True)
class Scenario:
    """How much happens. `numbers` are the employers that this process simulates; the worker comes
    round `every` so often, while people act at their own minute."""

    days: int
    employers: int
    applications: int
    seed: int
    numbers: tuple[int, ...]
    every: dt.timedelta = dt.timedelta(minutes=15)

    @property
    def ends(self) -> dt.datetime:
        return BEGINS + self.days * A_DAY

    @property
    def last_end(self) -> dt.datetime:
        """When the last job is closed."""
        return self.ends - max(8, round(self.days * WINDING_DOWN)) * A_DAY

    @property
    def outage(self) -> tuple[dt.datetime, dt.datetime]:
        """From a Tuesday in the middle on, when most mails are written."""
        begins = BEGINS + self.days // 2 * A_DAY
        begins += (1 - begins.weekday()) % 7 * A_DAY + dt.timedelta(hours=10)
        return begins, begins + dt.timedelta(days=rates.OUTAGE_DAYS.value)

    def applications_of(self, number: int) -> int:
        whole, rest = divmod(self.applications, self.employers)
        return whole + (number < rest)


@dataclass(slots=True, eq=False)
class Opening:
    """A job: who works on it, and what they will look at next, as (when, application id)."""

    house: House
    job_id: UUID
    number: int
    opens: dt.datetime
    ends: dt.datetime
    recruiter: Identity
    manager: Identity
    places: int
    days_to_read: float
    days_to_a_word: float
    is_cancelled: bool
    to_read: list[tuple[dt.datetime, UUID]] = field(default_factory=list)
    for_a_word: list[tuple[dt.datetime, UUID]] = field(default_factory=list)
    offers: int = 0
    hired: int = 0
    closed_at: dt.datetime | None = None

    @property
    def job(self) -> Job:
        """Read afresh, as every door does."""
        return Job.objects.select_related("employer", "recruiter").get(pk=self.job_id)

    @property
    def last_arrival(self) -> dt.datetime:
        return self.opens + 0.6 * (self.ends - self.opens)


@dataclass(slots=True, eq=False)
class House:
    """An employer with everything that the simulation knows of it."""

    number: int
    seed: int
    employer: Employer
    agenda: Agenda
    recruiters: list[Identity]
    managers: list[Identity]
    openings: list[Opening] = field(default_factory=list)
    applicants: dict[UUID, Applicant] = field(default_factory=dict)
    mailboxes: dict[str, Applicant] = field(default_factory=dict)

    def draw(self, *key: object) -> Any:
        return draw(self.seed, self.number, *key)

    def local(self, instant: dt.datetime) -> dt.datetime:
        return instant.astimezone(ZoneInfo(self.employer.time_zone))

    def is_away(self, member: Identity) -> bool:
        """On holiday for a week of the quarter, ill, or not; nobody covers for them then."""
        day = self.local(clock.now()).date()
        chance = self.draw("holiday", member.email)
        begins = (BEGINS + chance.randrange(80) * A_DAY).date()
        on_holiday = chance.random() < rates.AWAY.value and begins <= day < begins + 7 * A_DAY
        today = self.draw("day", member.email, day)
        is_ill = today.random() < rates.SICK.value
        return (on_holiday or is_ill) and today.random() >= rates.COVERED.value


def found(scenario: Scenario, number: int, agenda: Agenda) -> House:
    """An employer with its team and its jobs, none of them open yet."""
    chance = draw(scenario.seed, number, "employer")
    zone, country, subdivision = PLACES[number % len(PLACES)]
    quiet = number % 3 == 0
    employer = found_employer(
        id=UUID(int=chance.getrandbits(128), version=4),
        name=f"Employer {number + 1}",
        slug=f"employer-{number + 1}",
        time_zone=zone,
        country=country,
        subdivision=subdivision,
        quiet_from=dt.time(20) if quiet else None,
        quiet_until=dt.time(7) if quiet else None,
        asks_before_late_notes=number % 5 == 4,
        policy=STANCES[number % len(STANCES)],
    )
    sent = scenario.applications_of(number)
    jobs = max(2, sent // APPLICATIONS_PER_JOB)
    recruiters = [_member(employer, "Rosa", at, Role.RECRUITER) for at in range(1 + jobs // 8)]
    managers = [_member(employer, "Hugo", at, Role.HIRING_MANAGER) for at in range(1 + jobs // 4)]
    house = House(number, scenario.seed, employer, agenda, recruiters, managers)
    with employer.scope():
        house.openings = [_opening(scenario, house, at, sent / jobs) for at in range(jobs)]
    return house


def _member(employer: Employer, name: str, at: int, role: Role) -> Identity:
    email = f"{name.lower()}-{at + 1}@{employer.slug}.example"
    identity = Identity.objects.create_user(email, name=name if at == 0 else f"{name} {at + 1}")
    Membership.objects.create(employer=employer, identity=identity, role=role)
    return identity


def _opening(scenario: Scenario, house: House, at: int, usual: float) -> Opening:
    chance = house.draw("job", at)
    opens = BEGINS + chance.uniform(0.3, 0.35 * scenario.days) * A_DAY
    ends = min(opens + chance.uniform(0.4, 0.6) * scenario.days * A_DAY, scenario.last_end)
    recruiter = house.recruiters[at % len(house.recruiters)]
    manager = house.managers[at % len(house.managers)]
    behind = chance.random() < rates.SLOW_RECRUITER.value
    slow = house.draw("manager", manager.email).random() < rates.SLOW_MANAGER.value
    job = Job.objects.create(
        employer=house.employer, title=f"Job {at + 1}", slug=f"job-{at + 1}", recruiter=recruiter
    )
    job.add_to_team(manager)
    return Opening(
        house=house,
        job_id=job.pk,
        number=at,
        opens=opens,
        ends=ends,
        recruiter=recruiter,
        manager=manager,
        places=1 + round(usual / APPLICATIONS_PER_PLACE),
        days_to_read=(rates.SLOW_RECRUITER_DAYS if behind else rates.RECRUITER_DAYS).value,
        days_to_a_word=(rates.SLOW_MANAGER_DAYS if slow else rates.MANAGER_DAYS).value,
        is_cancelled=chance.random() < rates.CANCELLED.value,
    )


def business_days(chance: Any, median: float) -> int:
    """A number of business days around a median, at least one."""
    return max(1, round(around(chance, median)))

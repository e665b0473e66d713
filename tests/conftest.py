"""The people of every test: Rosa recruits, Hugo is a hiring manager, Jo applies, Mallory is from
another employer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.hiring.founding import found_employer
from sincerely.hiring.house import set_mail_domains
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.models import Application, Job, Referral
from sincerely.hiring.referring import Contact, Given
from sincerely.hiring.referring import refer as take_referral
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

pytest_plugins = [
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.jobs",
    "tests.plugins.meetings",
    "tests.plugins.tenancy",
]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """The real hash takes a second of work, for each member of each test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def diner(db: None) -> Employer:
    return found_employer(name="Blue Spoon Diner", slug="blue-spoon", time_zone="America/New_York")


@pytest.fixture
def hospital(db: None) -> Employer:
    return found_employer(name="St. Brigid Hospital", slug="st-brigid", country="IE")


@pytest.fixture
def at_diner(diner: Employer) -> Iterator[Employer]:
    """The test itself acts for the diner."""
    with diner.scope():
        yield diner


def member(employer: Employer, name: str, role: Role) -> Identity:
    email = f"{name.lower()}@{employer.slug}.example"
    identity = Identity.objects.create_user(email, password="a long pass phrase", name=name)
    Membership.objects.create(employer=employer, identity=identity, role=role)
    return identity


@pytest.fixture
def rosa(diner: Employer) -> Identity:
    return member(diner, "Rosa", Role.RECRUITER)


@pytest.fixture
def ada(diner: Employer) -> Identity:
    return member(diner, "Ada", Role.ADMIN)


@pytest.fixture
def hugo(diner: Employer) -> Identity:
    return member(diner, "Hugo", Role.HIRING_MANAGER)


@pytest.fixture
def mallory(hospital: Employer) -> Identity:
    return member(hospital, "Mallory", Role.ADMIN)


@pytest.fixture
def cook(diner: Employer, rosa: Identity) -> Job:
    """An open job of the diner, owned by Rosa."""
    with diner.scope():
        job = Job.objects.create(title="Line cook", slug="line-cook", recruiter=rosa)
        job.open(by=rosa)
        return Job.objects.select_related("employer", "recruiter").get(pk=job.pk)


@pytest.fixture
def apply() -> Callable[..., Application]:
    """Send an application for a job: `apply(cook, name="Jo Smith", email="jo@example.org")`."""

    def send(job: Job, **given: Any) -> Application:
        fields = {"id": uuid7(), "name": "Jo Smith", "email": "jo@example.org"} | given
        with job.employer.scope():
            receive(job, Submission(**fields))
            return Application.objects.for_page().get(pk=fields["id"])

    return send


@pytest.fixture
def jo(cook: Job, apply: Callable[..., Application]) -> Application:
    """Jo's application for the cook's job."""
    return apply(cook)


@pytest.fixture
def refer(cook: Job) -> Callable[..., Referral]:
    """Pat refers Jo, and Kim of the diner may be called: `refer()` for the cook's job, or
    `refer(certainty="probably")`, `refer(contact={"person": "Lee"})`."""

    def send(job: Job = cook, contact: dict[str, Any] | None = None, **given: Any) -> Referral:
        about_contact: dict[str, Any] = {
            "person": "Kim Adair",
            "role": "team_member",
            "email": "kim@blue-spoon.example",
            "channel": "call",
            "number": "+12125550142",
            "until": clock.today(job.employer.time_zone) + dt.timedelta(days=14),
        }
        fields: dict[str, Any] = {
            "id": uuid7(),
            "referrer_name": "Pat Moss",
            "referrer_email": "pat@blue-spoon.example",
            "name": "Jo Smith",
            "email": "jo@example.org",
            "why": "We ran a kitchen together for two years.",
            "certainty": "certain",
            "contact": Contact(**about_contact | (contact or {})),
        }
        with job.employer.scope():
            set_mail_domains(job.employer, ["blue-spoon.example"], by="Ada")
            return take_referral(job, Given(**fields | given))

    return send

"""`bench lookup`: a recruiter with a caller in the ear, over HTTP, signed in.

For each kind of scrap it takes people at random, asks for them one after the other on one
connection, and looks whether the right one is among the rows that came back.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.config.bench import database, figures, load
from sincerely.config.bench.scraps import KINDS, Person
from sincerely.config.bench.served import Served
from sincerely.config.bench.statements import statements_of

ADDRESS = "/desk/employer-1/lookup/"
ROSA = "rosa@employer-1.example"
OF_EACH_KIND = 200
_WARM_UP = 1_600
# What the dialog sends: rows alone, without the page around them.
_HEADERS = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Typed:
    """One look-up: what is typed, and the reference of who is meant."""

    kind: str
    scrap: str
    reference: str

    @property
    def request(self) -> load.Request:
        return load.Request(f"{ADDRESS}?{urlencode({'q': self.scrap})}", expect=self.reference)


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    database.use(size, say)
    typed = typed_for(people(OF_EACH_KIND * 20), OF_EACH_KIND)
    warm, _ = typed_for(people(_WARM_UP, salt=9), _WARM_UP // len(KINDS)), None
    with Served(port) as served:
        headers = _HEADERS | {"Cookie": served.sign_in(ROSA)}
        idle = served.memory_mb()
        load.run(load.Plan(served.port, [one.request for one in warm], 2, headers))
        before = served.processor_seconds()
        plan = load.Plan(served.port, [one.request for one in typed], 1, headers)
        report = load.run(plan)
        cpu = (served.processor_seconds() - before) / len(typed)
        plan.clients = 8
        rate = len(typed) / load.run(plan).seconds
        loaded = served.memory_mb()
    return {
        "candidates": size.candidates,
        **figures.spread(report.times),
        "rate_per_s": round(rate, 1),
        "cpu_ms": round(cpu * 1000, 2),
        "statements": _statements(typed),
        "rss_mb": {"idle": idle, "under load": loaded},
        "failed": sum(answer.status != 200 for answer in report.answers),
        "found_in_first_8": found(typed, report),
        "by_kind": _times(typed, report),
    }


def people(number: int, salt: int = 1) -> list[Person]:
    """Applicants of the first employer at random, the same ones for one salt."""
    employer = Employer.objects.get(slug="employer-1")
    with employer.scope(), connection.cursor() as cursor:
        total = employer.applications.count()  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT name, email, phone, reference FROM hiring_application "
            "TABLESAMPLE BERNOULLI (%s) REPEATABLE (%s) WHERE employer_id = %s",
            [min(130 * number / total, 100), salt, employer.pk],
        )
        found = [Person(*row) for row in cursor.fetchall()]
    random.Random(salt).shuffle(found)  # noqa: S311  (which people, not a secret)
    return found[:number]


def typed_for(people: list[Person], of_each: int) -> list[Typed]:
    """`of_each` look-ups of every kind, mixed; fewer where too few people fit a kind."""
    chance = random.Random(len(people))  # noqa: S311
    typed = []
    for kind, scrap_of in KINDS.items():
        scraps = ((scrap_of(person, chance), person.reference) for person in people)
        fitting = [Typed(kind, scrap, reference) for scrap, reference in scraps if scrap]
        typed += chance.sample(fitting, min(of_each, len(fitting)))
    chance.shuffle(typed)
    return typed


def found(typed: list[Typed], report: load.Report) -> dict[str, float]:
    """For each kind, the share of look-ups that showed the person who was meant."""
    return {
        kind: round(sum(hits) / len(hits), 3)
        for kind, hits in _by_kind(typed, [answer.found for answer in report.answers]).items()
    }


def _times(typed: list[Typed], report: load.Report) -> dict[str, dict[str, float]]:
    return {kind: figures.spread(times) for kind, times in _by_kind(typed, report.times).items()}


def _by_kind(typed: list[Typed], values: list[Any]) -> Mapping[str, list[Any]]:
    kinds: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for one, value in zip(typed, values, strict=True):
        kinds[one.kind].append(value)
    return {kind: group for kind, group in kinds.items() if group}


def _statements(typed: list[Typed]) -> int:
    """The most that one look-up needs, asked in this process."""
    client = Client(SERVER_NAME="127.0.0.1", headers={"HX-Request": "true"})
    client.force_login(Identity.objects.get(email=ROSA))
    sample = {one.kind: one for one in typed}.values()
    return max(statements_of(client, one.request.path) for one in sample)

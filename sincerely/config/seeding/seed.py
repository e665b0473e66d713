"""Synthetic data for measurements, made by the database itself: a million candidates in minutes.

Each application has the rows that intake and a decision write, except files and what tells of the
decision; 1 receipt in 200 came back. The same `seed` gives the same people. Where much is inserted,
indexes and constraints are dropped and made again in the same transaction: many times faster than
filling them row by row.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.config.seeding import names
from sincerely.config.seeding import seed_sql as sql
from sincerely.hiring.founding import found_employer
from sincerely.hiring.models import Job
from sincerely.kernel.folding import fold

MANY = 20_000
UNTIL = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
TABLES = [
    "hiring_candidate",
    "hiring_application",
    "hiring_reference",
    "hiring_nameterm",
    "hiring_namekey",
    "hiring_stageentry",
    "hiring_promise",
    "hiring_closure",
    "kernel_event",
    "outbox_message",
    "outbox_delivery",
]
PASSWORD = "sincerely-bench"  # noqa: S105  (of made-up people in a database for measurements)


def seed(*, employers: int, candidates: int, applications: int, salt: int = 1) -> dict[str, float]:
    """Add employers `employer-1` … with people spread evenly over them; the seconds of each phase.

    The first employer has a recruiter `rosa@employer-1.example` and a hiring manager `hugo@…`.
    Its first job has 20,000 open applications and its second 1,000, where there are as many.
    """
    began = time.monotonic()
    filled = fill(employers=employers, candidates=candidates, applications=applications, salt=salt)
    indexed = time.monotonic()
    _tidy()
    return {
        "rows": filled - began,
        "indexes and keys": indexed - filled,
        "statistics": time.monotonic() - indexed,
    }


def fill(*, employers: int, candidates: int, applications: int, salt: int) -> float:
    """Write the rows, in one transaction; when (monotonic) all but the indexes was there."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        _make_names(cursor)
        with _without_indexes(cursor, applications >= MANY):
            low = Employer.objects.count() * 10_000_000
            for number in range(employers):
                people = _part(candidates, employers, number)
                sent = _part(applications, employers, number)
                _seed_employer(cursor, number + 1, people, sent, low, salt)
                low += max(people, sent)
            filled = time.monotonic()
    return filled


def _part(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)


def _seed_employer(cursor: Any, number: int, people: int, sent: int, low: int, salt: int) -> None:
    slug = f"employer-{number}"
    employer = found_employer(name=f"Employer {number}", slug=slug)
    recruiter = _member(employer, "Rosa", Role.RECRUITER)
    with employer.scope():
        sizes = job_sizes(sent)
        jobs = [_job(employer, at, recruiter) for at in range(1, len(sizes) + 1)]
        jobs[0].add_to_team(_member(employer, "Hugo", Role.HIRING_MANAGER))
        stages = list(employer.stages.order_by("position").values_list("pk", flat=True))
    values = {
        "employer": employer.pk,
        "salt": salt,
        "low": low,
        "people": people,
        "applications": sent,
        "since": UNTIL - dt.timedelta(days=700),
        "until": UNTIL,
        "jobs": [job.pk for job in jobs],
        "job_lows": [sum(sizes[:at]) for at in range(len(sizes))],
        "stages": stages,
        "stage_count": len(stages),
        "firsts": len(names.first_names()),
        "lasts": len(names.last_names()),
        "first_flatness": names.FIRST_FLATNESS,
        "last_flatness": names.LAST_FLATNESS,
    }
    cursor.execute("DROP TABLE IF EXISTS seed_person")
    for statement in (sql.PEOPLE, *sql.ROWS):
        cursor.execute(statement, values)


def job_sizes(sent: int) -> list[int]:
    """How many applications each job of an employer has: a few large ones, the rest alike."""
    large = [size for size in (20_000, 1_000) if size * 2 <= sent]
    rest = sent - sum(large)
    each = 500 if rest > 5_000 else max(rest // 10, 1)
    jobs = max(rest // each, 1)
    return large + [_part(rest, jobs, number) for number in range(jobs)]


def _member(employer: Employer, name: str, role: Role) -> Identity:
    email = f"{name.lower()}@{employer.slug}.example"
    # Hashing a password takes longer than everything else here: only one employer is logged in to.
    password = PASSWORD if employer.slug == "employer-1" else None
    identity = Identity.objects.create_user(email, password, name=name)
    Membership.objects.create(employer=employer, identity=identity, role=role)
    return identity


def _job(employer: Employer, number: int, recruiter: Identity) -> Job:
    return Job.objects.create(
        employer=employer,
        title=f"Job {number}",
        slug=f"job-{number}",
        state="open",
        recruiter=recruiter,
    )


def _make_names(cursor: Any) -> None:
    cursor.execute(sql.NAMES)
    for table, known in (("seed_first", names.first_names()), ("seed_last", names.last_names())):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:  # the two names above
            for rank, name in enumerate(known):
                copy.write_row((rank, name, fold(name)))


@contextmanager
def _without_indexes(cursor: Any, wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    cursor.execute(sql.CONSTRAINTS, {"tables": TABLES})
    constraints = cursor.fetchall()
    cursor.execute(sql.INDEXES, {"tables": TABLES})
    indexes = cursor.fetchall()
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in reversed(constraints):
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _tidy() -> None:
    """Statistics, and the visibility map that index-only scans live on."""
    with connection.cursor() as cursor:
        for table in [*TABLES, "hiring_job"]:
            cursor.execute(f"VACUUM (ANALYZE) {table}")

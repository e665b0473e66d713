"""The job at a public address, with all that its pages and its form need, in one statement.

Written by hand and not as a queryset: every application begins with it, and Django took longer to
build the statement than PostgreSQL to answer it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.db import models

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Job
from sincerely.hiring.models.job import JobState
from sincerely.kernel.prepared import prepared_cursor

_SHOWN_OF_RECRUITER = frozenset({"id", "name", "email"})
_SELECT = """SELECT {job}, {employer}, {recruiter}, ARRAY(
    SELECT jsonb_build_object('id', question.id, 'text', question.text, 'kind', question.kind,
        'choices', question.choices, 'required', question.required)
    FROM hiring_question question
    WHERE question.employer_id = job.employer_id AND question.job_id = job.id
    ORDER BY question.position, question.id),
    EXISTS (SELECT 1 FROM hiring_failure failure
    WHERE failure.employer_id = job.employer_id AND failure.job_id = job.id
        AND failure.was_try AND failure.arrived_at IS NULL)
FROM accounts_employer employer
JOIN hiring_job job ON job.employer_id = employer.id
LEFT JOIN accounts_identity recruiter ON recruiter.id = job.recruiter_id
WHERE employer.slug = $1 AND job.slug = $2 AND job.state <> $3
"""


def published_job(employer_slug: str, slug: str) -> Job | None:
    """The job with its employer and recruiter; None for a draft, and where there is no such job.

    `job.asked` is the list of its questions, in order, each with id, text, kind, choices and
    required; `job.has_failed_tries` says whether a try to apply failed that nothing came of yet.
    """
    with prepared_cursor() as cursor:
        cursor.execute(_statement(), [employer_slug, slug, JobState.DRAFT])
        row = cursor.fetchone()
    return _job(row) if row else None


def _job(row: tuple[Any, ...]) -> Job:
    job_columns, employer_columns = _columns(Job), _columns(Employer)
    first, second = len(job_columns), len(job_columns) + len(employer_columns)
    job = Job.from_db("default", job_columns, row[:first])
    job.employer = Employer.from_db("default", employer_columns, row[first:second])
    if job.recruiter_id:
        job.recruiter = Identity.from_db("default", _recruiter_columns(), row[second:-2])
    job.asked = [json.loads(question) for question in row[-2]]  # type: ignore[attr-defined]
    job.has_failed_tries = row[-1]  # type: ignore[attr-defined]
    return job


@cache
def _statement() -> str:
    return _SELECT.format(
        job=_listed("job", _columns(Job)),
        employer=_listed("employer", _columns(Employer)),
        recruiter=_listed("recruiter", _recruiter_columns()),
    )


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    """All columns of a model, in the order of its fields."""
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _recruiter_columns() -> tuple[str, ...]:
    """In the order of the fields, as from_db asks. Never the password: it cannot slip out then."""
    return tuple(column for column in _columns(Identity) if column in _SHOWN_OF_RECRUITER)


def _listed(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f'{table}."{column}"' for column in columns)

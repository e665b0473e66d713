"""Who is signed in, and for whom they work here: what every page of the desk begins with.

Three reads by key, written by hand and not as querysets: Django took several times longer to put
the statements together than PostgreSQL to answer them, and half the time of a look-up.
docs/performance.md has the figures.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from sincerely.accounts.models import Employer, Identity, Membership

_SESSION = """
SELECT session_key, session_data, expire_date FROM django_session
WHERE session_key = %s AND expire_date > %s"""
_IDENTITY = "SELECT {identity} FROM accounts_identity WHERE accounts_identity.id = %s"
_MEMBERSHIP = """
SELECT {membership}, {employer} FROM accounts_membership
JOIN accounts_employer ON accounts_employer.id = accounts_membership.employer_id
WHERE accounts_membership.identity_id = %s AND accounts_employer.slug = %s"""


def identity_with(key: UUID) -> Identity | None:
    """The login with this id."""
    row = _row(_IDENTITY.format(identity=_columns(Identity)), [key])
    return _made(Identity, row) if row else None


def membership_at(slug: str, identity: Identity) -> Membership | None:
    """What this person may do at the employer with this address, with the employer itself."""
    columns = {"membership": _columns(Membership), "employer": _columns(Employer)}
    row = _row(_MEMBERSHIP.format(**columns), [identity.pk, slug])
    if row is None:
        return None
    own = len(Membership._meta.concrete_fields)
    membership: Membership = _made(Membership, row[:own])
    membership.employer = _made(Employer, row[own:])
    return membership


def session_row(key: str) -> tuple[Any, ...] | None:
    """(key, data, end) of a session that has not ended, by the clock Django ends sessions with."""
    return _row(_SESSION, [key, timezone.now()])


def _row(sql: str, values: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _made(model: type[models.Model], row: tuple[Any, ...]) -> Any:
    return model.from_db("default", [field.attname for field in model._meta.concrete_fields], row)


@cache
def _columns(model: type[models.Model]) -> str:
    """Every column, in the order of the fields, as from_db asks."""
    table = model._meta.db_table
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)

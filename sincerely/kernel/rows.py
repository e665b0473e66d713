"""Several new rows of different tables in one statement.

For the one place where it matters: an application is received hundreds of times a second. Elsewhere
`Model.save()` is right. The references between the rows hold, because PostgreSQL checks a foreign
key at the end of the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from sincerely.kernel.models import TenantModel


def insert_together(rows: Sequence[TenantModel]) -> None:
    """Insert new tenant rows, in one statement and one round trip.

    Raises IntegrityError as `save(force_insert=True)` does, and OutsideEmployer for a row that is
    not of the current employer.
    """
    parts, values = [], []
    for row in rows:
        row.require_own_employer()
        sql, own = _insert(row)
        parts.append(sql)
        values += own
    *first, last = parts
    named = [f"part{number} AS ({sql})" for number, sql in enumerate(first)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(named)} {last}" if named else last, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _insert(row: TenantModel) -> tuple[str, list[Any]]:
    meta = row._meta
    fields = meta.local_concrete_fields
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    # The names come from the models, never from a request; the SQL lint wants this one unquoted.
    columns = ", ".join(f'"{field.column}"' for field in fields)
    columns = columns.replace('"employer_id"', "employer_id")
    holes = ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES ({holes})', values  # noqa: S608

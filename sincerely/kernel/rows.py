"""New rows of different tables, written in one statement: one round trip, all or none.

For where it matters: an application is received hundreds of times a second. Elsewhere
`Model.save()` is right. References between the rows hold, because PostgreSQL checks foreign keys at
the end of a statement, in whatever order the rows were written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from procrastinate.jobs import JobDeferrer

from sincerely.kernel.models import TenantModel
from sincerely.kernel.prepared import prepared_cursor

# What Procrastinate's own defer() sends (its sql/queries.sql, types.JobToDefer).
_DEFER = "procrastinate_defer_jobs_v1(ARRAY[{}]::procrastinate_job_to_defer_v1[])"
_JOB = "ROW({}::text, {}::text, {}::int, {}::text, {}::text, {}::jsonb, {}::timestamptz)"


class Met(str):
    """Stands for the id of a row that may be there already, until the statement has run."""

    __slots__ = ()


# Values that every field hands to the driver as they are.
_PLAIN = {UUID, str, bool, dt.datetime, dt.date, type(None), Met}


class Together:
    """Rows and jobs that are written together; nothing is sent before `write()`.

    The SQL depends on the kinds of the rows and on what is NULL in them, but on no other value, so
    that PostgreSQL knows it again.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._values: list[Any] = []
        self._rows: list[models.Model] = []
        self._met: list[Met] = []
        self._jobs: list[str] = []

    def insert(self, *rows: models.Model, unless_there: bool = False) -> None:
        """New rows. With `unless_there`, a row whose key is taken stays as it is.

        Raises OutsideEmployer for a row that is not of the current employer.
        """
        ending = " ON CONFLICT DO NOTHING" if unless_there else ""
        for row in rows:
            self._add(self._next_name(), self._insert(row) + ending)

    def meet(self, row: TenantModel, *, by: str) -> Met:
        """A new row, or the one with the same value in the column `by`, which stays as it is.

        What is returned stands for its id in the rows that refer to it.
        """
        met = Met(self._next_name())
        # An update that changes nothing: only so does RETURNING tell of a row that was there.
        ending = f"ON CONFLICT (employer_id, {by}) DO UPDATE SET {by} = EXCLUDED.{by} RETURNING id"
        self._add(met, f"{self._insert(row)} {ending}")
        self._met.append(met)
        return met

    def select(self, name: str, sql: str, values: Sequence[Any]) -> None:
        """A part written by hand, with `{}` for each value; later parts know it by its name."""
        self._add(name, sql.format(*map(self._hole, values)))

    def defer(self, deferrer: JobDeferrer) -> None:
        """A job, deferred in the same transaction."""
        job = deferrer.job
        place = (job.queue, job.task_name, job.priority, job.lock, job.queueing_lock)
        values = (*place, json.dumps(job.task_kwargs), job.scheduled_at)
        self._jobs.append(_JOB.format(*map(self._hole, values)))

    def write(self) -> None:
        """Send it all, if there is anything.

        Raises IntegrityError as `save(force_insert=True)` does; nothing is written then.
        """
        if not self._parts:
            return
        found = [_id_of(met) for met in self._met]
        jobs = [_DEFER.format(", ".join(self._jobs))] if self._jobs else []
        sql = f"WITH {', '.join(self._parts)} SELECT {', '.join([*found, *jobs, 'NULL'])}"
        with prepared_cursor() as cursor:
            cursor.execute(sql, self._values)
            _settle(self._rows, dict(zip(self._met, cursor.fetchone(), strict=False)))

    def _next_name(self) -> str:
        return f"row{len(self._parts)}"

    def _add(self, name: str, sql: str) -> None:
        self._parts.append(f"{name} AS ({sql})")

    def _insert(self, row: models.Model) -> str:
        if isinstance(row, TenantModel):
            row.require_own_employer()
        self._rows.append(row)
        beginning, fields = _beginning(type(row))
        given = vars(row)
        holes = [self._hole(_prepared(given[name], field)) for name, field in fields]
        return f"{beginning} VALUES ({', '.join(holes)})"

    def _hole(self, value: Any) -> str:
        if type(value) is Met:
            return _id_of(value)
        if value is None:
            return "NULL"
        self._values.append(value)
        return f"${len(self._values)}"


def undoable() -> AbstractContextManager[Any]:
    """A savepoint in a transaction. Outside of one nothing: a statement is one by itself."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


@cache
def _beginning(model: type[models.Model]) -> tuple[str, list[tuple[str, Any]]]:
    """The beginning of an INSERT, and its fields beside the names of their attributes."""
    meta = model._meta
    # The names come from the models, never from a request; the SQL lint wants this one unquoted.
    columns = ", ".join(f'"{field.column}"' for field in meta.local_concrete_fields)
    columns = columns.replace('"employer_id"', "employer_id")
    fields = [(field.attname, field) for field in meta.local_concrete_fields]
    return f'INSERT INTO "{meta.db_table}" ({columns})', fields


def _prepared(value: Any, field: Any) -> Any:
    return value if type(value) in _PLAIN else field.get_db_prep_save(value, connection)


def _id_of(met: Met) -> str:
    return f"(SELECT id FROM {met})"  # noqa: S608 - the name is of our own making


def _settle(rows: Iterable[models.Model], found: dict[Met, Any]) -> None:
    """Let the rows know that they are stored, and whom they refer to."""
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
        for name, value in vars(row).items():
            if type(value) is Met:
                setattr(row, name, found[value])

"""Statements that PostgreSQL parses and plans once for each connection.

For the few that are written by hand and run with nearly every request. The SQL says $1 and $2 for
the values, which travel beside it: that spares Python the quoting and PostgreSQL the parsing.
Django's own cursors, and so its querysets, write the values into each statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import RawCursor


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """A cursor of Django's connection, in its transaction, watched by its execute wrappers."""
    connection.ensure_connection()
    raw: Any = RawCursor(connection.connection)
    # What connection.cursor() does with a cursor of Django's making.
    with connection._prepare_cursor(raw) as cursor:  # type: ignore[attr-defined]
        yield cursor

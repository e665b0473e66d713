"""CSV that a spreadsheet opens with the right letters, and that never runs in it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# Excel reads UTF-8 only where the file begins with this.
MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line, as RFC 4180 has it. Instants become ISO 8601 in UTC, None is empty;
    a text that a spreadsheet would run gets an apostrophe before it."""
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(MARK)
    write(header)
    for row in rows:
        yield _emptied(buffer)
        write([_cell(value) for value in row])
    yield _emptied(buffer)


def utc(instant: dt.datetime) -> str:
    """`2026-11-26T09:30:00.000000Z`, for programs and for evidence."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return utc(value)
    if isinstance(value, str) and value.startswith(_RUNS):
        return f"'{value}"
    return value

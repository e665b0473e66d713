"""Limits against floods: a counter in PostgreSQL, counted for several keys in one statement."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sincerely.kernel.prepared import prepared_cursor


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` uses of one key within `per`."""

    name: str
    most: int
    per: dt.timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """Uses of one key since its window began, this one included."""

    so_far: int
    since: dt.datetime


class TooMany(Exception):
    """A limit was passed: `limit` says which, `free_at` when it counts from zero again."""

    def __init__(self, limit: Limit, free_at: dt.datetime) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.free_at = free_at


_COUNT = """
INSERT INTO kernel_counter AS counter (key, since, count)
SELECT key, now(), 1 FROM unnest($1::text[], $2::interval[]) AS used (key, per) ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN counter.since < now() - (
        SELECT per FROM unnest($1::text[], $2::interval[]) AS used (key, per)
        WHERE used.key = counter.key) THEN 1 ELSE counter.count + 1 END,
    since = CASE WHEN counter.since < now() - (
        SELECT per FROM unnest($1::text[], $2::interval[]) AS used (key, per)
        WHERE used.key = counter.key) THEN now() ELSE counter.since END
RETURNING key, count, since
"""


def count_use(uses: Mapping[Limit, str]) -> None:
    """Count one use under each limit (limit → who or what it is counted for), in one statement.

    Raises TooMany for the first limit that is passed.
    """
    for limit, count in count_each(uses).items():
        if count.so_far > limit.most:
            raise TooMany(limit, count.since + limit.per)


def count_each(uses: Mapping[Limit, str]) -> dict[Limit, Count]:
    """The same for who decides by the numbers."""
    keys = {limit: _key(limit, whom) for limit, whom in uses.items()}
    with prepared_cursor() as cursor:
        cursor.execute(_COUNT, [list(keys.values()), [limit.per for limit in keys]])
        counts = {key: Count(count, since) for key, count, since in cursor.fetchall()}
    return {limit: counts[key] for limit, key in keys.items()}


def forgive(uses: Mapping[Limit, str]) -> None:
    """Let these count from zero again."""
    with connection.cursor() as cursor:
        keys = [_key(limit, whom) for limit, whom in uses.items()]
        cursor.execute("DELETE FROM kernel_counter WHERE key = ANY(%s)", [keys])


def network(request: Any) -> str:
    """The client's address; of IPv6 the /64, all of which one household or machine may use."""
    try:
        address = ipaddress.ip_address(request.client_address)
    except ValueError:
        return str(request.client_address)[:100]
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _key(limit: Limit, whom: str) -> str:
    return f"{limit.name}:{whom}"[:200]


def forget_old_counts(older_than: dt.timedelta = dt.timedelta(days=2)) -> int:
    """Delete counters whose window began long ago; returns how many."""
    with connection.cursor() as cursor:
        age: Any = older_than
        cursor.execute("DELETE FROM kernel_counter WHERE since < now() - %s", [age])
        return int(cursor.rowcount)

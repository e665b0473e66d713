"""A backup is a folder: the database's dump, the files, and the key that signs the links.

The dump comes first. A file is stored before the row that names it is committed, and is never
changed, so whatever the dump names is there when the files are copied; but for what belonged to
nobody and was deleted in between.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from sincerely.config.postgres.binaries import run_program

DUMP = "database.dump"
FILES = "files"
KEY = "secret-key"
LIBPQ_VARIABLES = {
    "dbname": "PGDATABASE",
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class BackupError(Exception):
    """The backup or the restore cannot go on; the message says why and what to do."""


def backup(folder: Path) -> list[str]:
    """Write a backup into a new folder, closed to other users; returns what it holds, in words."""
    if folder.exists():
        raise BackupError(f"{folder} exists already. Name a new folder for each backup.")
    # Under its own name only when it is whole: half a backup must not look like one.
    unfinished = folder.with_name(f"{folder.name}.unfinished-{os.getpid()}")
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        told = _write_into(unfinished)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return [f"Backup in {folder}", *told]


def _write_into(folder: Path) -> list[str]:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={folder / DUMP}")
    told = [f"  {DUMP}: the database"]
    if stored := files_folder():
        copy_files(stored, folder / FILES)
        told.append(f"  {FILES}: what applicants sent")
    else:
        told.append("  without files: they lie in the storage that the settings name")
    if (settings.HOME / KEY).exists():
        shutil.copy2(settings.HOME / KEY, folder / KEY)
        told.append(f"  {KEY}: what signs the links")
    return told


def restore(folder: Path) -> None:
    """Bring a backup into an empty database and its home. Raises BackupError, changing nothing."""
    if not (folder / DUMP).is_file():
        raise BackupError(f"{folder} holds no {DUMP}, so it is no backup of sincerely.")
    if connection.introspection.table_names():
        raise BackupError(
            "The database is not empty, and a restore never overwrites. Name a fresh "
            "SINCERELY_HOME, or a new database in DATABASE_URL."
        )
    if (folder / FILES).exists() and (stored := files_folder()):
        shutil.copytree(folder / FILES, stored, dirs_exist_ok=True)
    _run(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl",
        f"--dbname={connection.get_connection_params()['dbname']}", str(folder / DUMP),
    )  # fmt: skip
    if (folder / KEY).exists():
        shutil.copy2(folder / KEY, settings.HOME / KEY)


def copy_files(stored: Path, to: Path) -> None:
    """Everything that is there from beginning to end. A name with a dot is half written."""
    to.mkdir()
    if stored.exists():
        half_written = shutil.ignore_patterns(".*")
        shutil.copytree(
            stored, to, ignore=half_written, copy_function=_copy_if_there, dirs_exist_ok=True
        )


def _copy_if_there(source: str, target: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)


def files_folder() -> Path | None:
    """Where uploads lie, if they lie on this machine."""
    if isinstance(default_storage, FileSystemStorage):
        return Path(default_storage.location)
    return None


def _run(program: str, *arguments: str) -> None:
    connection.close()
    environment = libpq_environment(connection.get_connection_params())
    if run_program(program, *arguments, environment=environment).returncode != 0:
        raise BackupError(f"{program} failed; its message stands above.")


def libpq_environment(parameters: dict[str, Any]) -> dict[str, str]:
    """The connection for PostgreSQL's own programs, out of the command line that `ps` shows."""
    return {
        variable: str(parameters[name])
        for name, variable in LIBPQ_VARIABLES.items()
        if parameters.get(name)
    }

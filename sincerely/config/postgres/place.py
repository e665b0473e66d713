"""Where the cluster, its socket and its passwords lie, and which OS user owns them.

All answers are computed from the home folder alone, so that every process of an installation
(web, worker, a one-off command) finds the same server without asking another.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLE = "sincerely"
DATABASE = "sincerely"
SUPERUSER = "postgres"
PORT = "5432"  # only a suffix of the socket's name: the server does not listen on TCP

# sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL included.
LONGEST_SOCKET_DIRECTORY = 103 - len("/.s.PGSQL.5432")
STATE_ROOT = Path("/var/lib/sincerely")
# Our own number for the server when we are root. No account needs to exist for it: see
# docs/decisions/0002. 60000-61183 is claimed neither by Debian, Fedora nor systemd.
UNLISTED_UID = 60543


class PostgresError(Exception):
    """The embedded server cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Owner:
    """The OS user that runs the server. ``None`` stands for: the one who calls."""

    uid: int | None = None
    gid: int | None = None

    def spawn_arguments(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that make the child run as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Place:
    """The folders and files of one embedded cluster."""

    home: Path
    root: Path
    owner: Owner

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def keys(self) -> Path:
        """The folder in the home with passwords and the pointer; only its creator may read it."""
        return self.home / "postgres"

    @property
    def pointer(self) -> Path:
        return self.keys / "location"

    @property
    def log(self) -> Path:
        return self.home / "logs" / "postgresql.log"

    @property
    def socket_directory(self) -> Path:
        beside = self.root / "run"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_DIRECTORY:
            return beside
        return Path("/tmp") / f"sincerely-{_short_hash(self.root)}"  # noqa: S108


def place_for(home: Path) -> Place:
    """Decide where the cluster of ``home`` lies. Reads the file system, changes nothing."""
    home = home.expanduser().resolve()
    owner = _owner()
    pointer = home / "postgres" / "location"
    if pointer.is_file():
        return Place(home, Path(pointer.read_text().splitlines()[-1]), owner)
    inside = home / "cluster"
    unreachable = owner.uid is not None and not may_traverse(home, owner)
    if unreachable and not (inside / "data").exists():
        return Place(home, STATE_ROOT / _short_hash(home), owner)
    return Place(home, inside, owner)


def connection_settings(home: Path) -> dict[str, Any]:
    """Return NAME, USER, PASSWORD, HOST and PORT for Django; the server is not started.

    The password is made on first use, because settings are often read before the first start.
    It stays empty where the home cannot be written (commands without a database need none).
    """
    place = place_for(home)
    try:
        password = read_or_make_password(place, ROLE)
    except OSError:
        password = ""
    return {
        "NAME": DATABASE,
        "USER": ROLE,
        "PASSWORD": password,
        "HOST": str(place.socket_directory),
        "PORT": PORT,
    }


def read_or_make_password(place: Place, role: str) -> str:
    """Return the password of ``role`` from the keys folder, made on first use."""
    make_keys_folder(place)
    return read_or_make_secret(place.keys / f"{role}.password")


def read_or_make_secret(path: Path, length: int = 24) -> str:
    """Return a secret of ``length`` random bytes, stored with mode 0600; all callers get one."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # link, not rename: it never replaces another caller's secret
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def make_keys_folder(place: Place) -> None:
    """Create the home, passable for the server's group and nobody else, and the keys in it."""
    make_home(place.home, place.owner)
    place.keys.mkdir(mode=0o700, exist_ok=True)


def make_home(home: Path, owner: Owner | None = None) -> None:
    """Create the home folder with its final rights at once; one that exists stays as it is.

    Renamed into place, because a process that sees it closed would put the database elsewhere.
    """
    if home.exists():
        return
    owner = owner or _owner()
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = home.with_name(f".{home.name}.new-{secrets.token_hex(4)}")
    fresh.mkdir(mode=0o700)
    if owner.gid is not None:
        os.chown(fresh, -1, owner.gid)
        fresh.chmod(0o710)
    try:
        fresh.rename(home)
    except OSError:  # another process was faster
        fresh.rmdir()


def may_traverse(path: Path, owner: Owner) -> bool:
    """Whether ``owner`` may pass through the existing part of ``path`` (mode bits only).

    A missing part counts as passable: we create it ourselves, with the rights it needs.
    """
    existing = [folder for folder in (path, *path.parents) if folder.exists()]
    return all(_passable(folder.stat(), owner) for folder in existing)


def _passable(status: os.stat_result, owner: Owner) -> bool:
    if status.st_uid == owner.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == owner.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _owner() -> Owner:
    """Root may not run PostgreSQL: use the account `sincerely` if there is one, else our number."""
    if os.geteuid() != 0:
        return Owner()
    try:
        account = pwd.getpwnam("sincerely")
    except KeyError:
        return Owner(UNLISTED_UID, UNLISTED_UID)
    return Owner(account.pw_uid, account.pw_gid)


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

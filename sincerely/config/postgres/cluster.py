"""The data directory: make one, refuse one that is not ours to use, write its settings."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path

from .binaries import MAJOR, clean_environment, folder_for
from .place import (
    DATABASE,
    PORT,
    ROLE,
    STATE_ROOT,
    SUPERUSER,
    Owner,
    Place,
    PostgresError,
    make_keys_folder,
    may_traverse,
    read_or_make_password,
)

INITDB_ARGUMENTS = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    f"--username={SUPERUSER}",
    "--auth=trust",  # replaced by HBA below, before a server is ever started on it
    "--no-instructions",
)
HBA = """\
# Written once by sincerely. Every connection needs a password; there is no TCP.
local  all          all  scram-sha-256
local  replication  all  scram-sha-256
"""
INCLUDES = """
# sincerely.conf is written again at every start. Put your own settings into local.conf.
include 'sincerely.conf'
include 'local.conf'
"""
LOCAL = "# Your own PostgreSQL settings; they win over sincerely.conf and are never overwritten.\n"
# For a small machine with two cores. Statements and values stay out of the log on purpose: they
# hold what applicants wrote.
SETTINGS = """\
# Written by sincerely at every start; put your own settings into local.conf beside this file.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_directory}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
work_mem = 8MB
maintenance_work_mem = 128MB
effective_cache_size = {cache_megabytes}MB
random_page_cost = 1.1
jit = off
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = on
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] %q%u@%d '
log_error_verbosity = terse
log_min_error_statement = panic
"""


def prepare(place: Place) -> None:
    """Make sure that a usable data directory exists. The caller holds the server's lock.

    Raises PostgresError, and leaves everything as it is, when something else lies there.
    """
    require_reachable(place)
    make_root(place)
    if is_absent(place.data):
        initialise(place)
    check_data(place)


def is_absent(data: Path) -> bool:
    try:
        return not data.exists() or not any(data.iterdir())
    except OSError:  # something is there; check_data says what
        return False


def make_root(place: Place) -> None:
    """Create the folders that hold the cluster, passable for the server's group only."""
    make_keys_folder(place)
    if not place.root.is_relative_to(place.home):
        STATE_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.root.mkdir(mode=0o700, exist_ok=True)
    if place.owner.gid is not None and place.root.stat().st_uid == os.geteuid():
        os.chown(place.root, -1, place.owner.gid)
        place.root.chmod(0o710)
    place.log.parent.mkdir(exist_ok=True)


def require_reachable(place: Place) -> None:
    if place.owner.uid is not None and not may_traverse(place.root, place.owner):
        raise _untouched(
            f"The database in {place.data} belongs to this installation, but the user with the "
            f"number {place.owner.uid}, which runs PostgreSQL because root may not, can no longer "
            f"reach it. Let others pass through the folders above it again (`chmod o+x`), or move "
            f"{place.home} and set SINCERELY_HOME."
        )


def initialise(place: Place) -> None:
    """Build a complete cluster beside its place and rename it: a killed start leaves no half."""
    fresh = place.root / f"data.new-{secrets.token_hex(4)}"
    builder = _builder(place.owner)
    fresh.mkdir(mode=0o700)
    try:
        if builder.uid is not None and builder.gid is not None:
            os.chown(fresh, builder.uid, builder.gid)
        _run_initdb(fresh, builder)
        _create_role_and_database(place, fresh, builder)
        (fresh / "pg_hba.conf").write_text(HBA)
        with (fresh / "postgresql.conf").open("a") as file:
            file.write(INCLUDES)
        (fresh / "local.conf").write_text(LOCAL)
        (fresh / "sincerely.conf").touch()
        _give_to(place.owner, fresh)
        fresh.rename(place.data)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if not place.root.is_relative_to(place.home):
        place.pointer.write_text(
            "The database lies in the folder below, because the user that runs PostgreSQL for root"
            f" cannot pass through this home.\n{place.root}\n"
        )


def check_data(place: Place) -> None:
    """Refuse a data directory that is half-initialised, of another version, or not ours."""
    data = place.data
    try:
        owner = data.stat().st_uid
        version_file = data / "PG_VERSION"
        version = version_file.read_text().strip() if version_file.exists() else ""
        complete = bool(version) and (data / "global" / "pg_control").exists()
    except OSError as error:
        raise _untouched(
            f"The database folder {data} cannot be read ({error.strerror}). It was probably made "
            f"by another user: start as that user, or set SINCERELY_HOME to a folder of your own."
        ) from error
    if not complete:
        raise _untouched(
            f"The database folder {data} is incomplete: it is not empty, but it does not hold a "
            f"whole PostgreSQL cluster either. If it came from a copy or a backup, copy it again "
            f"completely; if you do not need it, move it away and a new one is made."
        )
    if version != MAJOR:
        raise _untouched(
            f"The database folder {data} was made by PostgreSQL {version}; this version of "
            f"sincerely brings PostgreSQL {MAJOR}. Dump it with the release that made it and "
            f"restore the dump here, as docs/operations.md describes under Upgrade."
        )
    expected = _server_uid(place)
    if owner != expected:
        raise _untouched(
            f"The database folder {data} belongs to the user with the number {owner}, but the "
            f"server would run as {expected}. Start as the user that made it, or hand it over with "
            f"`chown -R {expected} {data}`."
        )


def _untouched(text: str) -> PostgresError:
    return PostgresError(f"{text} Nothing was changed.")


def _server_uid(place: Place) -> int:
    return os.geteuid() if place.owner.uid is None else place.owner.uid


def write_settings(place: Place) -> None:
    """Write the settings of this release, and make the folder for the socket."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1024**2
    text = SETTINGS.format(
        port=PORT,
        socket_directory=str(place.socket_directory).replace("'", "''"),
        cache_megabytes=max(128, pages // 2),
    )
    path = place.data / "sincerely.conf"
    if not path.exists() or path.read_text() != text:
        fresh = path.with_name("sincerely.conf.new")
        fresh.write_text(text)
        fresh.chmod(0o600)
        if place.owner.uid is not None:
            os.chown(fresh, place.owner.uid, place.owner.gid or -1)
        fresh.replace(path)
    make_socket_directory(place)


def make_socket_directory(place: Place) -> None:
    """Create it, or refuse one in /tmp that somebody else made in order to listen there."""
    folder = place.socket_directory
    try:
        folder.mkdir(mode=0o700)
        if place.owner.uid is not None:
            os.chown(folder, place.owner.uid, place.owner.gid or -1)
    except FileExistsError:
        status = folder.lstat()
        if folder.is_symlink() or status.st_uid != _server_uid(place) or status.st_mode & 0o077:
            raise PostgresError(
                f"The folder {folder}, meant for the database's socket, exists but belongs to "
                f"somebody else or is open to others. Remove it, then start again."
            ) from None


def _builder(owner: Owner) -> Owner:
    """The user for initdb, which insists on an account with a name. See docs/decisions/0002."""
    if owner.uid is None:
        return owner
    named = {account.pw_uid for account in pwd.getpwall()}
    if owner.uid in named:
        return owner
    ordinary = sorted((uid for uid in named if uid > 0), reverse=True)
    nobody = [account.pw_uid for account in pwd.getpwall() if account.pw_name == "nobody"]
    if not nobody + ordinary:
        raise PostgresError(
            "This machine has no account besides root, and PostgreSQL cannot be set up as root. "
            "Add one (`useradd --system sincerely`), or set DATABASE_URL."
        )
    return Owner((nobody + ordinary)[0], owner.gid)


def _run_initdb(data: Path, builder: Owner) -> None:
    program = folder_for(builder) / "bin" / "initdb"
    _run([program, f"--pgdata={data}", *INITDB_ARGUMENTS], builder)


def _create_role_and_database(place: Place, data: Path, builder: Owner) -> None:
    """In single-user mode, so that no server ever listens before it has a password.

    The role owns its database, which is all that pg_trgm, unaccent, citext and btree_gin need
    (they are trusted extensions), and may create others for the tests.
    """
    role_password = read_or_make_password(place, ROLE)
    super_password = read_or_make_password(place, SUPERUSER)
    statements = (
        f"ALTER ROLE {SUPERUSER} PASSWORD '{super_password}'",
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{role_password}'",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    program = folder_for(builder) / "bin" / "postgres"
    command: list[Path | str] = [program, "--single", "-j", "-D", data, "postgres"]
    # -j ends a statement at a semicolon followed by an empty line.
    _run(command, builder, typed=";\n\n".join((*statements, "")))


def _run(command: list[Path | str], owner: Owner, typed: str = "") -> None:
    done = subprocess.run(  # noqa: S603
        command,
        input=typed,
        capture_output=True,
        text=True,
        cwd="/",
        env=clean_environment(),
        check=False,
        **owner.spawn_arguments(),
    )
    # Single-user mode goes on after an error and still ends with 0.
    if done.returncode != 0 or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
        raise PostgresError(
            f"Setting up the database failed while running {Path(command[0]).name}: "
            f"{(done.stderr or done.stdout).strip()[-800:]}"
        )


def _give_to(owner: Owner, folder: Path) -> None:
    if owner.uid is None:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.uid, owner.gid or -1, follow_symlinks=False)

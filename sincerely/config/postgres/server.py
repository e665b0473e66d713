"""Start, share and stop the embedded server.

Two file locks beside the data say everything, and the kernel drops them with their holder:

- ``server.lock`` is held, exclusively, by the one who starts the server, and is inherited by the
  server itself. Whoever gets it knows that no server runs here; a stale ``postmaster.pid`` after
  kill -9 decides nothing.
- ``users.lock`` is shared by all who use the server. The last to leave gets it exclusively and
  stops the server, no matter who started it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import psutil
import psycopg

from . import cluster
from .binaries import clean_environment, folder_for
from .place import DATABASE, PORT, ROLE, Place, PostgresError, place_for, read_or_make_password

START_LIMIT_SECONDS = 900  # a crash under load can mean minutes of recovery
STOP_LIMIT_SECONDS = 300  # a fast stop writes out everything that is still in memory
FIRST_PROGRESS_SECONDS = 5
LARGEST_LOG_BYTES = 10 * 1024 * 1024
# What libpq and the server say while a server is on its way up (or down, before the next start).
PASSING_STATES = (
    "No such file or directory",
    "Connection refused",
    "starting up",
    "not yet accepting connections",
    "shutting down",
    "closed the connection unexpectedly",
    "timeout expired",
)


def report_to_stderr(text: str) -> None:
    sys.stderr.write(f"{text}\n")


class StillStarting(PostgresError):
    """The start limit is over, and the server is left alone to finish."""


class Server:
    """The embedded PostgreSQL of one home folder, shared with every process that uses it."""

    def __init__(self, home: Path, report: Callable[[str], None] = report_to_stderr) -> None:
        self.place: Place = place_for(home)
        self._report = report
        self._users_lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Return when the server answers; it may be running already. Raises PostgresError."""
        if self._users_lock is not None:
            return
        cluster.require_reachable(self.place)
        cluster.make_root(self.place)
        self._users_lock = _open_lock(self.place.root / "users.lock")
        fcntl.flock(self._users_lock, fcntl.LOCK_SH)  # waits while the last user stops the server
        try:
            self._start_or_join()
        except StillStarting:
            self._leave()
            raise
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leave the server; when nobody else uses it, stop it and wait until it has ended."""
        if self._users_lock is None:
            return
        try:
            fcntl.flock(self._users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._leave()
            return
        try:
            self._stop_and_wait()
        finally:
            self._leave()

    def keep_running(self) -> None:
        """Start it again if it has died, killed for want of memory for example; what was committed
        is there. To be called now and then, and as cheap as that. Raises PostgresError."""
        if self._is_over():
            self._report("PostgreSQL has ended, and not by us. It is started again.")
            self._process = None
            self._start_or_join()

    def is_running(self) -> bool:
        """Whether the server answers to our password now."""
        return self._connects()

    def _start_or_join(self) -> None:
        began = time.monotonic()
        next_progress = began + FIRST_PROGRESS_SECONDS
        while not self._connects():
            self._launch_unless_running()
            now = time.monotonic()
            if now > began + START_LIMIT_SECONDS:
                raise StillStarting(self._too_slow())
            if now > next_progress:
                self._report(f"PostgreSQL is still starting ({now - began:.0f} s). {self._doing()}")
                next_progress += 10
            time.sleep(0.02)

    def _connects(self) -> bool:
        try:
            psycopg.connect(
                host=str(self.place.socket_directory),
                port=PORT,
                user=ROLE,
                password=read_or_make_password(self.place, ROLE),
                dbname=DATABASE,
                connect_timeout=5,
                require_auth="scram-sha-256",
            ).close()
        except psycopg.OperationalError as error:
            text = str(error)
            if "too many clients" in text or "remaining connection slots" in text:
                return True
            if any(state in text for state in PASSING_STATES):
                return False
            raise PostgresError(
                f"A PostgreSQL runs in {self.place.root}, but it does not let us in: "
                f"{text.strip()}. The password in {self.place.keys} may belong to another "
                "database: restore both from the same backup."
            ) from error
        return True

    def _launch_unless_running(self) -> None:
        if self._process is not None:
            if self._process.poll() is not None:
                raise PostgresError(self._ended_at_once())
            return
        lock = _open_lock(self.place.root / "server.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # somebody else's server is on its way
        else:
            cluster.prepare(self.place)
            self._clear_stale_pid()
            cluster.write_settings(self.place)
            self._process = self._spawn(lock)
        finally:
            os.close(lock)  # the server keeps the lock: it inherited the open file

    def _spawn(self, lock: int) -> subprocess.Popen[bytes]:
        program = folder_for(self.place.owner) / "bin" / "postgres"
        log = self.place.log
        if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
            self._log_start = file.tell()
            return subprocess.Popen(  # noqa: S603
                [program, "-D", self.place.data],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                env=clean_environment(),
                start_new_session=True,  # Ctrl-C is for us: the server must be the last to stop
                pass_fds=(lock,),
                **self.place.owner.spawn_arguments(),
            )

    def _clear_stale_pid(self) -> None:
        """Judge a ``postmaster.pid`` that somebody left, knowing that nobody holds our lock.

        PostgreSQL itself takes any living process of the same user for its predecessor, which in
        a container, where numbers are soon used again, would refuse every start after a crash.
        """
        path = self.place.data / "postmaster.pid"
        pid = self._postmaster_pid()
        if pid is None:
            return
        if _works_in(pid, self.place.data):
            raise PostgresError(
                f"The database folder {self.place.data} is in use by a PostgreSQL that somebody "
                f"else started (process {pid}). Stop that one first, for example with `kill -INT "
                f"{pid}`, then start again. Nothing was changed."
            )
        path.unlink()

    def _postmaster_pid(self) -> int | None:
        try:
            text = (self.place.data / "postmaster.pid").read_text()
            return int(text.splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _stop_and_wait(self) -> None:
        pid = self._postmaster_pid()
        if pid is not None and _works_in(pid, self.place.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)  # "fast": end the sessions, write everything, end
        deadline = time.monotonic() + STOP_LIMIT_SECONDS
        while not self._is_over():
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"PostgreSQL (process {pid}) has not stopped within {STOP_LIMIT_SECONDS} s. It "
                    f"is left alone; what it is doing stands in {self.place.log}."
                )
            time.sleep(0.02)

    def _is_over(self) -> bool:
        if self._process is not None:
            self._process.poll()  # do not leave a zombie
        lock = _open_lock(self.place.root / "server.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(lock)
        return True

    def _leave(self) -> None:
        if self._users_lock is not None:
            os.close(self._users_lock)
            self._users_lock = None
        if self._process is not None:
            self._process.poll()
            self._process = None

    def _doing(self) -> str:
        if self._process is None:
            return "Another process is starting it."
        if "recovery" in self._said():
            return "After a crash it first replays what was not yet written out; nothing is lost."
        return "The machine seems to be busy."

    def _too_slow(self) -> str:
        return (
            f"PostgreSQL in {self.place.root} did not answer within {START_LIMIT_SECONDS // 60} "
            f"minutes. It is left alone, because stopping it would make it start over. Look into "
            f"{self.place.log}, and start again when it says that it is ready."
        )

    def _ended_at_once(self) -> str:
        said = self._said()[-1500:].strip()
        return f"PostgreSQL ended while starting. It said:\n{said}\nAll of it: {self.place.log}"

    def _said(self) -> str:
        """What the server that we started has written to its log."""
        with self.place.log.open("rb") as file:
            file.seek(self._log_start)
            return file.read().decode(errors="replace")


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _works_in(pid: int, data: Path) -> bool:
    """Whether the process is a server of this data directory: PostgreSQL works inside of it."""
    try:
        return Path(psutil.Process(pid).cwd()) == data
    except (psutil.Error, OSError):
        return False

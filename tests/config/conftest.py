from __future__ import annotations

import contextlib
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from sincerely.config import postgres
from sincerely.config.postgres import cluster
from sincerely.config.postgres.place import place_for


@pytest.fixture
def empty_home() -> Iterator[Path]:
    """A home that does not exist yet, at a short path that other users may pass through."""
    with _open_folder() as folder:
        yield folder / "home"


@pytest.fixture
def home(initialised_home: Path, empty_home: Path) -> Path:
    """A home with a cluster of its own that has never run."""
    subprocess.run(["cp", "-a", initialised_home, empty_home], check=True)
    return empty_home


@pytest.fixture(scope="session")
def initialised_home() -> Iterator[Path]:
    with _open_folder() as folder:
        place = place_for(folder / "home")
        cluster.prepare(place)
        cluster.write_settings(place)
        yield place.home


@contextlib.contextmanager
def _open_folder() -> Iterator[Path]:
    """A folder that pytest's tmp_path cannot give: its path is short, and its parents are open."""
    with tempfile.TemporaryDirectory(prefix="sincerely-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        try:
            yield folder
        finally:
            kill_everything_in(folder)


@pytest.fixture(scope="module")
def running_home() -> Iterator[Path]:
    """A home made and started like a new user's, for tests that only look."""
    with _open_folder() as folder, postgres.Server(folder / "home"):
        yield folder / "home"


def connect(home: Path) -> psycopg.Connection[tuple[object, ...]]:
    settings = postgres.connection_settings(home)
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
        autocommit=True,
    )


def processes_in(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def kill_everything_in(folder: Path) -> None:
    """kill -9 of a whole cluster, as a power cut or an out-of-memory killer would do it."""
    victims = processes_in(folder)
    for process in victims:
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended by itself meanwhile
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(victims, timeout=10)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

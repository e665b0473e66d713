"""The demo from start to end, in the order in which things need each other."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import transaction

from sincerely.config import postgres

from . import environment
from .child import Child
from .supervisor import DemoError, Supervisor, say_to_stdout
from .words import welcome

PORT_SECONDS = 8.0
STOP_SECONDS = {"worker": 60.0}
Say = Callable[[str], None]


def run(host: str, port: int, say: Say = say_to_stdout) -> None:
    """Run until Ctrl-C or SIGTERM. Raises DemoError or PostgresError with words for the person."""
    began = time.monotonic()
    require_port(host, port)
    logs: Path = settings.HOME / "logs"
    with database(say) as keep_running:
        prepare_database(logs, say)
        supervisor = Supervisor(children(host, port, logs), say, keep_running)
        try:
            supervisor.start()
            if supervisor.wait_until_ready(f"http://{host}:{port}/readyz"):
                say(welcome(settings.PUBLIC_URL, settings.HOME, time.monotonic() - began))
            supervisor.watch()
        finally:
            say("\nStopping …")
            supervisor.stop()
    say("Stopped. Everything is kept for the next start.")


def require_port(host: str, port: int) -> None:
    """Raise DemoError while another program has it. What is left of a demo that was killed lets
    go of it within seconds: a web worker that was just starting takes it once more, until the
    server has waited its --stop-seconds for it.
    """
    patience = time.monotonic() + PORT_SECONDS
    while not environment.is_free(host, port):
        if time.monotonic() > patience:
            raise DemoError(
                f"Port {port} is in use by another program. Stop it, or choose another port: "
                f"`PORT={port + 1} make demo`."
            )
        time.sleep(0.1)


@contextlib.contextmanager
def database(say: Say) -> Iterator[Callable[[], None]]:
    """What is to be called now and then while it is in use."""
    if os.environ.get("DATABASE_URL"):
        yield lambda: None
        return
    with postgres.Server(settings.HOME, report=say) as server:
        yield server.keep_running


def prepare_database(logs: Path, say: Say) -> None:
    """Migrate and load, in a child: the supervisor must stay free of threads to fork from."""
    child = Child("preparation", _prepare, logs / "prepare.log", stop_seconds=10)
    began = time.monotonic()
    told = False
    child.start()
    while child.is_alive():
        if not told and time.monotonic() - began > 2:
            say("Preparing the database; on a first start this takes up to a minute …")
            told = True
        time.sleep(0.02)
    if child.exit_code:
        raise DemoError(f"The database could not be prepared:\n{child.last_words(25)}")


def _prepare() -> None:
    from sincerely.config.command import close_connections

    try:
        if migrations_are_missing():
            call_command("migrate", interactive=False, verbosity=1)
        if "load_demo" in get_commands() and is_empty():
            with transaction.atomic():  # whole or not at all: the next start does not look again
                call_command("load_demo")
    finally:
        close_connections()


def migrations_are_missing() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_empty() -> bool:
    """Whether no employer is there yet: a second start must not load anything again."""
    from sincerely.accounts.models import Employer

    return not Employer.objects.exists()


def children(host: str, port: int, logs: Path) -> list[Child]:
    """In the order of their start; mail first, the web last."""
    commands: dict[str, list[str]] = {
        "sink": ["--port", str(settings.EMAIL_PORT), "--reports-to", str(settings.INBOUND_PORT)],
        "mailin": [],
        "worker": [],
        "serve": ["--host", host, "--port", str(port), "--stop-seconds", "5"],
    }
    known = get_commands()
    return [
        Child(
            name,
            _calling(name, arguments),
            logs / f"{name}.log",
            STOP_SECONDS.get(name, 15.0),
        )
        for name, arguments in commands.items()
        if name in known
    ]


def _calling(name: str, arguments: list[str]) -> Callable[[], None]:
    def run_command() -> None:
        sys.argv = ["sincerely", name, *arguments]  # what `ps` users and multiprocessing look at
        call_command(name, *arguments)

    return run_command

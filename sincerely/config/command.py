"""The ``sincerely`` command: Django's management commands, with a database under them."""

from __future__ import annotations

import os
import secrets
import signal
import sys
from types import FrameType

# They compute and answer; they must work on a read-only disk, with nothing installed around them.
PURE = frozenset({"advise", "read"})
# They need settings, but no database. `demo` starts its own, with words about what it does.
WITHOUT_DATABASE = PURE | frozenset(
    {
        "", "collectstatic", "compilemessages", "demo", "diffsettings", "findstatic", "help",
        "makemessages", "sink", "startapp", "version",
    }
)  # fmt: skip
ASKS_FOR_HELP = frozenset({"-h", "--help", "--version"})


def main() -> None:
    """Run one command; the embedded server, where it is needed, runs as long as the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sincerely.config.settings")
    signal.signal(signal.SIGTERM, _leave_in_order)
    arguments = sys.argv[1:]
    name = arguments[0] if arguments else ""
    if name in PURE:
        _touch_nothing()
    if name == "demo":
        _prepare_demo()
    try:
        if os.environ.get("DATABASE_URL") or not needs_database(arguments):
            _execute()
        else:
            _execute_with_embedded_server()
    except KeyboardInterrupt:
        sys.exit(130)


def needs_database(arguments: list[str]) -> bool:
    """Whether the command line given (without the program's name) needs PostgreSQL."""
    name = arguments[0] if arguments else ""
    if arguments[:2] == ["bench", "decide"]:
        return False
    return name not in WITHOUT_DATABASE and not ASKS_FOR_HELP.intersection(arguments)


def _execute() -> None:
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The database does not do its work: {error}\n(--traceback shows where.)")


def _execute_with_embedded_server() -> None:
    from django.conf import settings

    from sincerely.config import postgres

    try:
        with postgres.Server(settings.HOME):
            try:
                _execute()
            finally:
                close_connections()
    except postgres.PostgresError as error:
        sys.exit(str(error))


def close_connections() -> None:
    """Give every connection back before the server stops, so that no thread of a pool complains."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _touch_nothing() -> None:
    """Keep the settings from making a home folder with a key and a password in it."""
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DATABASE_URL", "postgresql://none@127.0.0.1:1/none")


def _prepare_demo() -> None:
    """Before Django reads its settings, because they come from the environment."""
    from sincerely.config.demo import environment

    environment.prepare(os.environ)


def _leave_in_order(signal_number: int, frame: FrameType | None) -> None:
    """SIGTERM ends a command like Ctrl-C does, so that the server is stopped and not orphaned."""
    sys.exit(128 + signal_number)

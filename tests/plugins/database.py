"""The PostgreSQL of a test run: one embedded server, kept under SINCERELY_HOME for the next run.

``DATABASE_URL`` replaces it. With xdist only the controller starts and stops it; the workers find
it through the settings, as every process of an installation does.
"""

from __future__ import annotations

import os

import pytest

from sincerely.config import postgres

SERVER = pytest.StashKey[postgres.Server]()


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("DATABASE_URL") or hasattr(config, "workerinput"):
        return
    from django.conf import settings

    server = postgres.Server(settings.HOME)
    try:
        server.start()
    except postgres.PostgresError as error:
        raise pytest.UsageError(str(error)) from error
    config.stash[SERVER] = server


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server is not None:
        server.stop()

"""Chromium for the browser tests: the machine's own, found by `make test`."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Takes the place of pytest-playwright's own, which looks for a downloaded browser."""
    found = os.environ.get("SINCERELY_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    # Chromium refuses its sandbox to root, which is what tests run as in most containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found or None, "args": arguments}

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from sincerely.kernel.clock import clock_at
from tests.hiring.policies import NOON


@pytest.fixture
def noon(request: Any) -> Iterator[dt.datetime]:
    """It is noon at the diner, which was founded thirty days ago."""
    with clock_at(NOON - dt.timedelta(days=30)):
        request.getfixturevalue("diner")
    with clock_at(NOON):
        yield NOON

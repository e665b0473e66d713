"""The time, from one place, so that a simulation can move it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

_moved: ContextVar[dt.datetime | None] = ContextVar("moved_clock", default=None)


def now() -> dt.datetime:
    """The current instant, aware, in UTC."""
    return _moved.get() or timezone.now()


def today(zone: str) -> dt.date:
    """The calendar day it is in an employer's time zone, such as "Europe/Berlin"."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def clock_at(instant: dt.datetime) -> Iterator[None]:
    """Run the block as if it were `instant` (aware)."""
    token = _moved.set(instant)
    try:
        yield
    finally:
        _moved.reset(token)

"""What people are going to do, in the order of the moving clock."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Iterator
from typing import Any

Act = Callable[[], Any]


class Agenda:
    """Acts at their instants; of two at one instant, the one that was entered first."""

    def __init__(self) -> None:
        self._acts: list[tuple[dt.datetime, int, Act]] = []
        self._entered = 0

    def enter(self, at: dt.datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, self._entered, act))
        self._entered += 1

    def until(self, end: dt.datetime) -> Iterator[tuple[dt.datetime, Act]]:
        """Those up to `end`, also what is entered meanwhile; each is given out once."""
        while self._acts and self._acts[0][0] <= end:
            at, _, act = heapq.heappop(self._acts)
            yield at, act

"""A stretch of whole days at an employer's place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included, in the time zone `zone`."""

    first: dt.date
    last: dt.date
    zone: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """Its first moment, and the first moment after it."""
        return self._midnight(self.first), self._midnight(self.last + A_DAY)

    @property
    def name(self) -> str:
        return f"{self.first}-to-{self.last}"

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), ZoneInfo(self.zone))

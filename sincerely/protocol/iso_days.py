"""Days as JSON writes them."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].+)?", re.ASCII)
NO_DAY = "must be a day like 2026-12-03"


def iso_day(text: object) -> date:
    """Read ``2026-12-03``, or the day that is written in a moment such as RFC 3339 has.

    Raises ``ValueError``.
    """
    if not isinstance(text, str) or not _FORM.fullmatch(text[:64]):
        raise ValueError(NO_DAY)
    return datetime.fromisoformat(text).date()

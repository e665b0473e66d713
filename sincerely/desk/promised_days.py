"""Which days may be promised to an applicant in a form."""

from __future__ import annotations

import datetime as dt

from django.forms import ValidationError

from sincerely.hiring.dates import in_words

LONGEST_PROMISE = dt.timedelta(days=365)
NO_DATE = "This is no date. Write it like 2026-12-03."


def require_promisable(day: dt.date, today: dt.date) -> None:
    """Raise ValidationError for a day that has passed or lies more than a year ahead."""
    if day < today:
        raise ValidationError(f"{in_words(day)} has passed. Choose today or a later day.")
    if day > today + LONGEST_PROMISE:
        raise ValidationError("This is more than a year away. Choose an earlier day.")

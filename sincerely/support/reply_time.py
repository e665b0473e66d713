"""By when support answers."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from sincerely.accounts.models import Employer
from sincerely.hiring.dates import date_to_promise, weekday_from_today
from sincerely.kernel import clock


def reply_by(employer: Employer | None) -> dt.date:
    """The last day: SUPPORT_REPLY_DAYS business days from today at the employer's place; outside
    of any employer, weekdays in UTC."""
    days = settings.SUPPORT_REPLY_DAYS
    return date_to_promise(employer, days) if employer else weekday_from_today(days)


def day_there(employer: Employer | None) -> dt.date:
    """Today, where the day counts."""
    return clock.today(employer.time_zone if employer else "UTC")

"""Quiet hours: when an employer's messages wait until the morning, and which of them do."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer
from sincerely.kernel import clock

# These answer what somebody has just done or asked, and go out at once, day and night; so does what
# they have to know before they leave the house.
ANSWERS = frozenset(
    {
        "receipt",
        "applied_again",
        "link",
        "answer",
        "reply",
        "withdrawn",
        "withdrawal_asked",
        "file_refused",
        "referral_thanks",
        "vouch_given",
        "invitation",
        "interview_picked",
        "interview_asked",
        "interview_late",
    }
)


def goes_out_at(
    employer: Employer, kind: str, hold: dt.timedelta | None = None
) -> dt.datetime | None:
    """When a message of this kind goes out that is written now: after `hold`, which may be taken
    back, and after the quiet hours. None is at once."""
    now = clock.now()
    at = now + (hold or dt.timedelta())
    if kind not in ANSWERS:
        at = after_quiet_hours(employer, at)
    return at if at > now else None


def shown_at(employer: Employer, kind: str, hold: dt.timedelta | None = None) -> dt.datetime:
    """When what such a message tells may show: not before the message goes out."""
    return goes_out_at(employer, kind, hold) or clock.now()


def after_quiet_hours(employer: Employer, at: dt.datetime) -> dt.datetime:
    """`at`, or the end of the quiet hours in which it lies. They may go over midnight."""
    begin, end = employer.quiet_from, employer.quiet_until
    if begin is None or end is None or begin == end:
        return at
    local = at.astimezone(ZoneInfo(employer.time_zone))
    time = local.time().replace(tzinfo=None)
    is_quiet = begin <= time < end if begin < end else time >= begin or time < end
    if not is_quiet:
        return at
    # Built from the day and the clock's time, so that a change to summer time moves nothing.
    day = local.date() + dt.timedelta(days=time >= end)
    return dt.datetime.combine(day, end, local.tzinfo)

"""The two questions asked of every application on every simulated day, and what is true at the end.

Written by hand, and not with the querysets that the product itself uses: they would share a fault.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db import connection

from sincerely.config.simulation.world import A_DAY, House
from sincerely.hiring.dates import local_day, morning_after
from sincerely.kernel import clock

# A miss is told in the morning of the next business day; a job may run some minutes later.
GRACE = dt.timedelta(hours=2)
# Where an employer is asked first (lateness.SOON), nobody stays silent for longer than this.
ASKED_FIRST = 5
# `date` is the one that the applicant knows of: the newest that shows.
_OPEN = """
SELECT application.id, application.email = '', standing.due_on
FROM hiring_application application
LEFT JOIN LATERAL (
    SELECT promise.due_on FROM hiring_promise promise
    WHERE promise.employer_id = %(employer)s AND promise.application_id = application.id
    AND promise.shown_at <= %(now)s AND promise.outcome <> 'replaced'
    ORDER BY promise.made_at DESC, promise.id DESC LIMIT 1
) standing ON true
WHERE application.employer_id = %(employer)s AND NOT EXISTS (
    SELECT 1 FROM hiring_closure closure
    WHERE closure.employer_id = %(employer)s AND closure.application_id = application.id
    AND closure.shown_at <= %(now)s)
AND (standing.due_on IS NULL OR standing.due_on < %(oldest)s)"""
_UNTOLD = """
SELECT count(*) FILTER (WHERE closure.id IS NULL), count(*) FILTER (WHERE closure.id IS NOT NULL)
FROM hiring_application application
LEFT JOIN hiring_closure closure ON closure.employer_id = %(employer)s
    AND closure.application_id = application.id
WHERE application.employer_id = %(employer)s AND closure.told_at IS NULL"""


class Watch:
    """`without` are applications that had neither a date nor an end on some day, or whose date had
    passed in silence; `late` those without an address who waited for a call past their date."""

    def __init__(self) -> None:
        self.without: set[Any] = set()
        self.late: set[Any] = set()
        self.looked = 0

    def look(self, house: House) -> None:
        """At every application of an employer, as of now."""
        values: dict[str, Any] = {
            "employer": house.employer.pk,
            "now": clock.now(),
            "oldest": oldest_silence(house),
        }
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, values)
            for application_id, has_no_address, due_on in cursor.fetchall():
                excused = has_no_address and due_on is not None
                (self.late if excused else self.without).add(application_id)
        self.looked += 1


def oldest_silence(house: House) -> dt.date:
    """The oldest day that may stand as a date now: every earlier one must have been replaced."""
    wait = ASKED_FIRST if house.employer.asks_before_late_notes else 1
    day = local_day(clock.now(), house.employer)
    while morning_after(day - A_DAY, house.employer, wait) + GRACE > clock.now():
        day -= A_DAY
    return day


def untold(house: House) -> Counter[str]:
    """Who has no end, and who has one that nobody can prove they know of."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, {"employer": house.employer.pk})
        without_end, not_told = cursor.fetchone()
    return Counter({"without_end": without_end, "not_told": not_told})

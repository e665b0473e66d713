"""Whether anything may have changed at an employer since one looked, in one statement that reads a
few index entries: what changes somebody's list leaves an event, a mail, a report of one, a late
draft, or a row that they put aside.

Ids grow with time, so the newest tell. Several of each, because of two that are written at once
the older may be committed last. What comes by the clock alone (a day, the end of an undo window) is
seen when the next five minutes begin.
"""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID

from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.kernel import clock

SLOT = 300  # seconds
_NEWEST = """
SELECT
    array(SELECT id FROM kernel_event WHERE employer_id = %(employer)s ORDER BY id DESC LIMIT 5),
    array(SELECT id FROM outbox_message WHERE employer_id = %(employer)s ORDER BY id DESC LIMIT 5),
    array(SELECT id FROM outbox_delivery WHERE employer_id = %(employer)s ORDER BY id DESC LIMIT 5),
    array(SELECT id FROM hiring_applicationdraft WHERE employer_id = %(employer)s
        ORDER BY id DESC LIMIT 5),
    array(SELECT (id, until)::text FROM hiring_hold
        WHERE employer_id = %(employer)s AND identity_id = %(identity)s ORDER BY id)"""


def pulse(employer: Employer, identity_id: UUID) -> str:
    """Another word as soon as something happened that this member's lists may show."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, {"employer": employer.pk, "identity": identity_id})
        newest = cursor.fetchone()
    said = (newest, clock.today(employer.time_zone), int(now.timestamp()) // SLOT)
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()

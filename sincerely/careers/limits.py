"""How often the public forms may be sent: generous to people, not to floods."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from sincerely.hiring.models import Job
from sincerely.kernel.limits import Limit, count_use, network
from sincerely.kernel.text import one_line

HOUR = dt.timedelta(hours=1)
# Asking for a link sends mail to an address that somebody typed.
LINKS_FROM_ONE = Limit("links-from", most=60, per=HOUR)
LINKS_TO_ONE = Limit("links-to", most=5, per=HOUR)
# A referral sends mail to up to three people, each by an address that somebody typed.
REFERRALS_FROM_ONE = Limit("referrals-from", most=60, per=HOUR)
REFERRALS_FOR_JOB = Limit("referrals-job", most=300, per=HOUR)
REFERRALS_OF_ONE = Limit("referrals-of", most=5, per=24 * HOUR)
ASKED_OF_ONE = Limit("vouches-of", most=20, per=24 * HOUR)


def count_application(request: Any, job: Job, email: str) -> None:
    """Count one sending of the application form, in one statement; raises TooMany."""
    uses = {
        Limit("apply-from", settings.APPLICATIONS_PER_ADDRESS, HOUR): network(request),
        Limit("apply-job", settings.APPLICATIONS_PER_JOB, HOUR): job.pk.hex,
    }
    if email := one_line(email).lower()[:150]:
        uses[Limit("apply-as", settings.APPLICATIONS_PER_EMAIL, HOUR)] = email
    count_use(uses)


def count_link(request: Any, wanted: str) -> None:
    """Count one asking for a link, in one statement; raises TooMany."""
    count_use({LINKS_FROM_ONE: network(request), LINKS_TO_ONE: wanted[:150]})


def count_referral(request: Any, job: Job, *, person: str, contact: str) -> None:
    """Count one referral that is about to be taken, in one statement; raises TooMany.

    `person` and `contact` are the addresses that mail goes to; the latter may be empty.
    """
    uses = {
        REFERRALS_FROM_ONE: network(request),
        REFERRALS_FOR_JOB: job.pk.hex,
        REFERRALS_OF_ONE: person[:150],
    }
    count_use(uses | ({ASKED_OF_ONE: contact[:150]} if contact else {}))

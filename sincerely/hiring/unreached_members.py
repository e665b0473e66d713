"""Members whom our reminders do not reach: nobody else would ever learn of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from sincerely.accounts.models import Employer, Membership
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from sincerely.outbox.proof import PROOF, UNREACHED

LOOKED_BACK = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Unreached:
    """A member and the newest reminder that did not arrive."""

    membership: Membership
    message: Message


def unreached_members(employer: Employer) -> list[Unreached]:
    """Whose newest reminder came back or could not be sent, and whose address is still the same;
    in two statements. Made up for by a later mail to them that arrived, or another address."""
    later = Message.objects.filter(
        kind__in=("reminder", "invitation"),
        to_address=OuterRef("to_address"),
        state__in=PROOF,
        created_at__gt=OuterRef("created_at"),
    )
    failed = Message.objects.filter(
        ~Exists(later),
        kind="reminder",
        state__in=UNREACHED,
        settled_at__gte=clock.now() - LOOKED_BACK,
    )
    newest = {each.to_address.lower(): each for each in failed.defer("raw").order_by("settled_at")}
    if not newest:
        return []
    members = employer.memberships.filter(identity__is_active=True).select_related("identity")
    reached_there = members.annotate(address=Lower("identity__email")).filter(address__in=newest)
    return [
        Unreached(each, newest[each.address])  # type: ignore[attr-defined]
        for each in reached_there.order_by("identity__name", "id")
    ]

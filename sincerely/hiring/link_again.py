"""Sending somebody the links to their applications again, to the address that we have.

Whoever asks is answered before anything is looked up, so the answer tells nobody who has applied.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Reverse
from procrastinate.contrib.django import app

from sincerely.accounts.models import Identity
from sincerely.hiring.compose import compose
from sincerely.hiring.letters import send
from sincerely.hiring.models import Application, Reference
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY
from sincerely.kernel.tenancy import employer_scope
from sincerely.kernel.text import plain_digits

MOST_AT_ONCE = 10
# Asked again within it, or the job ran twice: one mail is enough.
ENOUGH_FOR = dt.timedelta(minutes=5)


def reference_in(text: str) -> str:
    """The ten digits of a reference number, however they are grouped; empty when it is none."""
    digits = re.sub(r"[\s.\-]", "", plain_digits(text))
    return digits if re.fullmatch(r"[1-9][0-9]{9}", digits) else ""


def ask_for_links(
    *,
    employer_id: UUID | None = None,
    email: str = "",
    reference: str = "",
    phone: str = "",
    asked_by: UUID | None = None,
) -> None:
    """Have the links sent: of one application, or of all with this address or number at one
    employer, each to the address that stands in it.

    One statement, whoever asks for whatever. `email` is lower-case, `reference` ten digits, `phone`
    E.164. `asked_by` is the identity at the employer's desk who asks in a caller's name: then only
    that employer's applications count, and each notes it.
    """
    send_links.defer(
        employer_id=str(employer_id or ""),
        email=email,
        reference=reference,
        phone=phone,
        asked_by=str(asked_by or ""),
    )


@app.task(name="hiring.send_links", queue="mail", retry=RETRY)
def send_links(
    employer_id: str, email: str, reference: str, phone: str = "", asked_by: str = ""
) -> None:
    by = Identity.objects.filter(pk=asked_by).first() if asked_by else None
    if reference:
        found = Reference.objects.filter(number=reference).first()
        if found and (not asked_by or str(found.employer_key) == employer_id):
            _send_all(found.employer_key, by, pk=found.application_key)
    if employer_id and email:
        _send_all(UUID(employer_id), by, email=email)
    if employer_id and phone:
        _send_all(UUID(employer_id), by, backwards=phone[::-1])


def send_link(application: Application, *, by: Identity | None = None) -> bool:
    """Send the link to the address in the application; False when there is none, or when one was
    sent within minutes. `by` did it as a caller wished, which is noted."""
    with transaction.atomic():
        application.lock()
        lately = clock.now() - ENOUGH_FOR
        if application.messages().filter(kind="link", created_at__gt=lately).exists():
            return False
        if not send(application, "link", compose(application, "link")):
            return False
        if by:
            application.record("link_sent", by=by)
    return True


def _send_all(employer_id: UUID, by: Identity | None, **wanted: Any) -> None:
    with employer_scope(employer_id):
        applications = Application.objects.for_page().defer("document__text", "document__resume")
        # As the index on phone numbers has them.
        applications = applications.annotate(backwards=Reverse("phone"))
        newest = applications.filter(**wanted).exclude(email="").order_by("-applied_at", "-id")
        for application in newest[:MOST_AT_ONCE]:
            send_link(application, by=by)

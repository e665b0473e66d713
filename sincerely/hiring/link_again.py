"""Sending somebody the links to their applications again, to the address that we have.

Whoever asks is answered before anything is looked up, so the answer tells nobody who has applied.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

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


def ask_for_links(*, employer_id: UUID | None = None, email: str = "", reference: str = "") -> None:
    """Have the links sent: of one application, or of all with this address at one employer.

    One statement, whoever asks for whatever. `email` is lower-case, `reference` ten digits.
    """
    send_links.defer(
        employer_id=str(employer_id or ""),
        email=email,
        reference=reference,
    )


@app.task(name="hiring.send_links", queue="mail", retry=RETRY)
def send_links(employer_id: str, email: str, reference: str) -> None:
    if reference:
        found = Reference.objects.filter(number=reference).first()
        if found:
            _send(found.employer_key, pk=found.application_key)
    elif employer_id and email:
        _send(UUID(employer_id), email=email)


def _send(employer_id: UUID, **wanted: Any) -> None:
    with employer_scope(employer_id):
        applications = Application.objects.for_page().defer("document__text", "document__resume")
        newest = applications.filter(**wanted).exclude(email="").order_by("-applied_at", "-id")
        for application in newest[:MOST_AT_ONCE]:
            _send_one(application)


def _send_one(application: Application) -> None:
    lately = clock.now() - ENOUGH_FOR
    if application.messages().filter(kind="link", created_at__gt=lately).exists():
        return
    send(application, "link", compose(application, "link"))

"""The slip: the receipt on paper, for who has no mail. It says what the mail would say, and no
more than the applicant may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from sincerely.hiring.models import Application
from sincerely.hiring.phone_line import number_to_call
from sincerely.hiring.setup import policy_of
from sincerely.hiring.status import Status, status_of
from sincerely.kernel.ids import spoken_reference
from sincerely.protocol.policy_words import sentences

STATUS_PATH = "/status/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """`address` is what to type to see the status, without the scheme; `phone_line` the number on
    which to hear it, or empty; `contact` says how to get in touch, with the phone hours where
    calls are welcome."""

    employer: str
    job: str
    name: str
    received_at: dt.datetime
    reference: str
    status: Status
    address: str
    phone_line: str
    contact: list[str]


def slip_of(application: Application) -> Slip:
    """As of now; takes three statements. `application` as `for_page()` reads it."""
    return Slip(
        employer=application.employer.name,
        job=application.job.title,
        name=application.name,
        received_at=application.applied_at,
        reference=spoken_reference(application.reference),
        status=status_of(application),
        address=settings.PUBLIC_URL.partition("://")[2] + STATUS_PATH,
        phone_line=number_to_call(application.employer),
        contact=sentences(policy_of(application)),
    )

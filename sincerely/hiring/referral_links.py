"""The signed links of a referral: each opens one page, for one kind of person.

A token carries the employer, a row, and where it ends by itself a day; all inside its signature.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from sincerely.accounts.models import Employer
from sincerely.hiring.links import BadLink, LinkIsOver, sign, unsign
from sincerely.kernel import clock

REFER_DAYS = 60


class Purpose(StrEnum):
    """Who holds it, and which row it names."""

    REFER = "sincerely.refer"  # any employee: a job to refer somebody for
    APPLY = "sincerely.referral.apply"  # the person referred: the referral
    REFERRAL = "sincerely.referral"  # the referrer: the referral
    ANSWER = "sincerely.vouch.answer"  # the contact person, before they answered: the vouch
    VOUCH = "sincerely.vouch"  # the contact person, afterwards: the vouch


def token_of(purpose: Purpose, row: Any, *, last_day: dt.date | None = None) -> str:
    day = last_day.toordinal().to_bytes(4, "big") if last_day else b""
    return sign(purpose, row.employer_id.bytes + row.pk.bytes + day)


def read_token(purpose: Purpose, employer: Employer, token: str) -> UUID:
    """The id of the row; raises BadLink (also for another employer's), LinkIsOver after its day."""
    payload = unsign(purpose, token)
    if payload[:16] != employer.pk.bytes:
        raise BadLink("This link belongs to another employer.")
    if day := payload[32:]:
        last_day = dt.date.fromordinal(int.from_bytes(day, "big"))
        if clock.today(employer.time_zone) > last_day:
            raise LinkIsOver("This link has ended.")
    return UUID(bytes=payload[16:32])


def refer_link(job: Any) -> str:
    """For employees without a login: whoever has it may refer somebody for this job."""
    last_day = clock.today(job.employer.time_zone) + dt.timedelta(days=REFER_DAYS)
    token = token_of(Purpose.REFER, job, last_day=last_day)
    return _address("refer", job.employer, slug=job.slug, token=token)


def apply_link(referral: Any) -> str:
    """For the person referred: the form of the job, which then knows who sent them."""
    address = _address("apply", referral.employer, slug=referral.job.slug)
    return f"{address}?referral={token_of(Purpose.APPLY, referral)}"


def referral_link(referral: Any) -> str:
    """For the referrer: what became of it."""
    token = token_of(Purpose.REFERRAL, referral)
    return _address("referral", referral.employer, token=token)


def answer_link(vouch: Any) -> str:
    """For the contact person: yes or no, once."""
    token = token_of(Purpose.ANSWER, vouch)
    return _address("vouch_answer", vouch.employer, token=token)


def vouch_link(vouch: Any) -> str:
    """For the contact person who has answered: what they said, and how to take it back."""
    return _address("vouch", vouch.employer, token=token_of(Purpose.VOUCH, vouch))


def _address(name: str, employer: Employer, **parts: str) -> str:
    path = reverse(f"careers:{name}", kwargs={"employer": employer.slug, **parts})
    return f"{settings.PUBLIC_URL}{path}"

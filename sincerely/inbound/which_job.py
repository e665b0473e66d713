"""The link by which somebody says for which job the mail is that they sent."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from sincerely.accounts.models import Employer
from sincerely.hiring.links import BadLink, sign, unsign
from sincerely.inbound.models import InboundMail

_PURPOSE = "sincerely.which-job"


def which_job_link(employer: Employer, mail: InboundMail) -> str:
    token = sign(_PURPOSE, employer.pk.bytes + mail.pk.bytes)
    page = reverse("careers:which_job", kwargs={"employer": employer.slug, "token": token})
    return f"{settings.PUBLIC_URL}{page}"


def mail_of_link(employer: Employer, token: str) -> InboundMail:
    """Raises BadLink, also for another employer's."""
    payload = unsign(_PURPOSE, token)
    found = InboundMail.objects.of(employer).filter(pk=UUID(bytes=payload[16:32])).first()
    if payload[:16] != employer.pk.bytes or found is None:
        raise BadLink("This link is not complete.")
    return found

"""What we write to somebody who wrote to an address for applications, and has none yet."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from sincerely.accounts.models import Employer
from sincerely.hiring import wording
from sincerely.hiring.models import Job
from sincerely.hiring.wording import Wording
from sincerely.outbox.models import Message


def answer_mail(
    employer: Employer,
    kind: str,
    text: Wording,
    *,
    to: tuple[str, str],
    job: Job | None = None,
    link: str = "",
) -> None:
    """Queue it, to a name and an address. `link` is the list of open jobs where none is given."""
    recruiter = job.recruiter if job else None
    page = reverse("careers:employer", kwargs={"employer": employer.slug})
    values = {
        "name": to[0],
        "job": job.title if job else "",
        "employer": employer.name,
        "recruiter": recruiter.name if recruiter else "the recruiter",
        "link": link or f"{settings.PUBLIC_URL}{page}",
    }
    Message.objects.queue(
        kind=kind,
        to_name=to[0],
        to_address=to[1],
        subject=wording.fill(text.subject, values),
        text=wording.fill(text.body, values),
        reply_to=employer.reply_to,
        employer=employer,
    )

"""Mail from support, through the outbox: each letter in the transaction of what it tells.

About an employer's application it is a Message, with proof of delivery. To somebody outside of any
employer it is mail of the house, as a login code is.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from sincerely.hiring.dates import in_words, local_day
from sincerely.hiring.wording import Wording, fill
from sincerely.outbox.models import AccountMail, Message
from sincerely.outbox.render import storable, without_controls
from sincerely.support import wording

if TYPE_CHECKING:
    from sincerely.support.models.incident import Incident

REPLY = "support_reply"


def acknowledge(incident: Incident) -> None:
    """We have the report, and this is by when we answer."""
    _send(incident, "support_report", wording.ACKNOWLEDGED)


def reply(incident: Incident, text: str, *, by: Any) -> UUID | None:
    """A person's answer; the id of the message that carries it, if it is one."""
    return _send(incident, REPLY, wording.REPLIED, reply=text, by=str(by))


def admit_lateness(incident: Incident) -> None:
    """We have not answered in time, and what they may do now."""
    _send(incident, "support_late", wording.LATE)


def tell_arrival(incident: Incident) -> None:
    """The application came after all, so that their question is answered."""
    _send(incident, "support_arrived", wording.ARRIVED)


def _send(incident: Incident, kind: str, text: Wording, **said: str) -> UUID | None:
    if not incident.email:
        return None
    values = _values(incident) | said
    subject, body = fill(text.subject, values), fill(text.body, values)
    if incident.employer is None:
        AccountMail.objects.queue(incident.email, _written(incident, subject, body))
        return None
    with incident.employer.scope():
        message = Message.objects.queue(
            kind=kind,
            to_address=incident.email,
            to_name=incident.name,
            subject=subject,
            text=body,
            about_id=incident.pk,
            reply_to=settings.SUPPORT_EMAIL,
            employer=incident.employer,
        )
    return message.pk


def _values(incident: Incident) -> dict[str, str]:
    employer = incident.employer
    values = {
        "name": incident.name,
        "code": incident.code,
        "link": f"{settings.PUBLIC_URL}/help/{incident.code}/",
        "date": in_words(incident.reply_by) if incident.reply_by else "",
        "place": "",
        "no_call": "",
        "may_call": "",
    }
    if employer:
        values |= {"employer": employer.name, "place": f" at {employer.name}"}
        values["failed_on"] = in_words(local_day(incident.failed_at, employer))
        values["no_call"] = fill(wording.NO_CALL, values)
        values["may_call"] = fill(wording.MAY_CALL, values)
    return values


def _written(incident: Incident, subject: str, body: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.DEFAULT_FROM_EMAIL, incident.email
    mail["Reply-To"], mail["Subject"] = settings.SUPPORT_EMAIL, without_controls(subject)
    mail["Message-ID"] = make_msgid(domain=settings.MAIL_DOMAIN)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(storable(body))
    return mail.as_bytes()

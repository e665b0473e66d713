"""Mail that waits for a person, for the tests of those who read it."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

from sincerely.inbound.models import InboundMail
from sincerely.kernel.ids import uuid7


def kept_mail(employer: Any, text: str = "Is it still open?", **known: Any) -> InboundMail:
    """One mail of this employer (None: of the operator), as `sort` leaves it; `files` come with
    it, name → bytes."""
    files = known.pop("files", {})
    mail = EmailMessage()
    fields = {
        "kind": "other",
        "state": "kept",
        "from_name": "Jo Smith",
        "from_address": "jo@work.example",
        "subject": "A question",
        "reason": "It was sent to no address that we read.",
        "recipients": ["jobs@blue-spoon.example"],
    } | known
    mail["From"] = f"{fields['from_name']} <{fields['from_address']}>"
    mail["Subject"] = fields["subject"]
    mail.set_content(text)
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return InboundMail.objects.create(
        digest=uuid7().hex,
        raw=mail.as_bytes(),
        employer_id=employer.pk if employer else None,
        **fields,
    )

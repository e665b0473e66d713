"""Answering a mail of the sink as the person who got it: the demo's way to be an applicant."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr

from django.conf import settings

from sincerely.outbox.sink.maildir import Kept


def answer(kept: Kept, text: str) -> None:
    """Send the answer to the address that the mail asks for, by SMTP to `mailin`.

    Raises OSError (smtplib's errors among them) when nobody receives there.
    """
    mail = kept.mail
    to = parseaddr(str(mail["Reply-To"]))[1]
    quoted = "\n".join(f"> {line}" for line in kept.body("plain").splitlines())
    reply = EmailMessage()
    reply["From"], reply["To"] = str(mail["To"]), to
    reply["Subject"] = f"Re: {mail['Subject']}"
    reply["Message-ID"] = make_msgid(domain="localhost")
    reply["In-Reply-To"] = str(mail["Message-ID"])
    reply.set_content(f"{text}\n\nOn {mail['Date']}, {mail['From']} wrote:\n{quoted}\n")
    with smtplib.SMTP("127.0.0.1", settings.INBOUND_PORT, timeout=10) as server:
        server.send_message(reply, parseaddr(str(mail["To"]))[1], [to])

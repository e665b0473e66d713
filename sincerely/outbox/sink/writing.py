"""Writing a mail to us as somebody who has a mail program, for the demo."""

from __future__ import annotations

import mimetypes
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Written:
    """A mail as it was filled in; a file's `content` is empty where none was chosen."""

    sender: str
    to: str
    subject: str
    text: str
    file_name: str = ""
    content: bytes = b""


def write(written: Written) -> None:
    """Send it by SMTP to `mailin`. Raises OSError (smtplib's errors among them) when nobody
    receives there."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = written.sender, written.to, written.subject
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="localhost")
    mail.set_content(written.text)
    if written.file_name:
        kind = mimetypes.guess_type(written.file_name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        mail.add_attachment(written.content, maintype=main, subtype=sub, filename=written.file_name)
    with smtplib.SMTP("127.0.0.1", settings.INBOUND_PORT, timeout=10) as server:
        server.send_message(mail, parseaddr(written.sender)[1], [written.to])

"""A message as the bytes that go over the wire (RFC 5322, MIME)."""

from __future__ import annotations

import re
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.encoding import punycode
from django.utils.html import urlize

if TYPE_CHECKING:
    from sincerely.outbox.models import Message

# Controls, line ends of every script, and the marks that turn the direction of text: a name or a
# subject may neither start a header of its own nor show an address backwards.
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)


def without_controls(text: str) -> str:
    """One line: every run of control characters is a space."""
    return _CONTROLS.sub(" ", text).strip()


def storable(text: str) -> str:
    """Without what PostgreSQL and UTF-8 refuse: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def wire_address(address: str) -> str:
    """The address as servers write it: the domain in ASCII (punycode), the local part untouched."""
    local, at, domain = address.strip().rpartition("@")
    try:
        return f"{local}@{punycode(domain)}" if at else address
    except UnicodeError:
        return address


def needs_utf8(address: str) -> bool:
    """Only a server with SMTPUTF8 can take it, because its local part is not ASCII."""
    return not address.rpartition("@")[0].isascii()


def render(message: Message) -> bytes:
    """The rendered mail, with CRLF line ends. Costs no statement when `employer` is loaded."""
    address = wire_address(message.to_address)
    mail = EmailMessage(policy=policy.SMTPUTF8 if needs_utf8(address) else policy.SMTP)
    mail["From"] = _mailbox(message.employer.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    mail["To"] = _mailbox(message.to_name, address)
    if reply_to := message.reply_to or message.employer.reply_to:
        mail["Reply-To"] = _mailbox("", wire_address(reply_to))
    mail["Subject"] = without_controls(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(_html(message), subtype="html")
    return mail.as_bytes()


def _mailbox(name: str, address: str) -> Address | str:
    local, _, domain = address.rpartition("@")
    try:
        return Address(without_controls(name), username=local, domain=domain)
    except ValueError:
        return address


def _html(message: Message) -> str:
    """The HTML part: no image, no style sheet and no link but those in the text."""
    return render_to_string(
        "outbox/message.html",
        {
            "subject": message.subject,
            "employer": message.employer,
            "fragment": message.html,
            "paragraphs": _paragraphs(message.text),
        },
    )


def _paragraphs(text: str) -> list[str]:
    """Each paragraph as safe HTML, its addresses clickable and its line ends kept."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [urlize(block, autoescape=True).replace("\n", "<br>\n") for block in blocks]

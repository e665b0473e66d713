"""A message as the bytes that go over the wire (RFC 5322, MIME)."""

from __future__ import annotations

import re
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from sincerely.outbox.mime import mailbox, words, write_mail
from sincerely.outbox.token import REPLY, make_token

if TYPE_CHECKING:
    from sincerely.outbox.models import Message

# Controls, line ends of every script, and the marks that turn the direction of text: a name or a
# subject may neither start a header of its own nor show an address backwards.
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)

# Where a frame is filled in; stands in no text, because PostgreSQL keeps no NUL.
_GAP = "\0"
_CALENDAR_ENDS = re.compile(r"(?<=END:VCALENDAR)\r?\n")
_METHOD = re.compile(r"^METHOD:([A-Z-]{1,20})\r?$", re.MULTILINE)
# A web address, without the punctuation of the sentence that it ends.
_LINK = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]])")


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
    headers = [
        ("From", mailbox(without_controls(message.employer.name), _own_address())),
        ("To", mailbox(without_controls(message.to_name), wire_address(message.to_address))),
        ("Subject", words(without_controls(message.subject), "Subject")),
        ("Date", format_datetime(message.created_at)),
        ("Message-ID", message.message_id),
        ("Auto-Submitted", "auto-generated"),
    ]
    if above := message.refers_to.split():
        # Never folded within: readers take an id apart that was.
        headers.append(("In-Reply-To", above[-1]))
        headers.append(("References", "\r\n ".join(above)))
    if reply_to := _reply_address(message) or message.reply_to or message.employer.reply_to:
        headers.append(("Reply-To", mailbox("", wire_address(without_controls(reply_to)))))
    # "=_" cannot stand in quoted-printable text, so the boundary cannot either.
    boundary = f"=_{message.id.hex}"
    return write_mail(
        headers,
        text=message.text,
        html=_html(message),
        calendars=_calendars(message.calendar),
        boundary=boundary,
    )


def _calendars(stream: str) -> list[tuple[str, str]]:
    """Each iCalendar object of a stream (RFC 5545, section 3.4) with its method."""
    objects = [each.strip() + "\r\n" for each in _CALENDAR_ENDS.split(stream) if each.strip()]
    return [(found[1] if (found := _METHOD.search(each)) else "", each) for each in objects]


def _reply_address(message: Message) -> str:
    """Where an answer is read by us; empty while nothing receives there."""
    if not settings.REPLY_DOMAIN:
        return ""
    return f"{make_token(message.employer.pk, message.id, REPLY)}@{settings.REPLY_DOMAIN}"


def _own_address() -> str:
    return _address_in(settings.DEFAULT_FROM_EMAIL)


_address_in = lru_cache(maxsize=10)(lambda value: parseaddr(value)[1])


def _html(message: Message) -> str:
    """The HTML part: no image, no style sheet and no link but those in the text."""
    head, between, foot = _frame(message.employer.name, message.employer.accent)
    fragment = message.html or "\n".join(map(_paragraph, _blocks(message.text)))
    return "".join([head, escape(message.subject), between, fragment, foot])


@lru_cache(maxsize=1_000)
def _frame(employer: str, accent: str) -> list[str]:
    """What is alike in every mail of an employer, rendered once: the HTML before the subject,
    between it and the text, and after."""
    named = {"employer": employer, "accent": accent, "subject": _GAP, "fragment": _GAP}
    return render_to_string("outbox/message.html", named).split(_GAP)


def _blocks(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())


def _paragraph(block: str) -> str:
    """As safe HTML, its web addresses clickable and its line ends kept."""
    return f'<p style="margin:0 0 16px">{"".join(map(_piece, _LINK.split(block)))}</p>'


def _piece(text: str) -> str:
    escaped = escape(text)
    if _LINK.fullmatch(text):
        return f'<a href="{escaped}">{escaped}</a>'
    return escaped.replace("\n", "<br>\n")

"""Writes a mail of two parts, or with invitations to a calendar (RFC 5322, 2045, 2046, 2047, 6047).

The standard library's EmailMessage takes 6 ms of CPU for a receipt, most of it to parse again what
was just put in; this takes a tenth. tests/outbox/test_render.py reads the results with
EmailMessage, for whatever hypothesis can think of.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Sequence
from email.header import Header

_QUOTED = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"]+@[^\s<>()\[\],;:\\\"]+")


def write_mail(
    headers: Iterable[tuple[str, str]],
    *,
    text: str,
    html: str,
    boundary: str,
    calendars: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The whole mail with CRLF line ends. Values come from `words`, `mailbox`, or are plain ASCII.

    `boundary` must not occur in the parts, which quoted-printable makes sure of when it holds "=_".
    `calendars` are iCalendar objects with their methods: the first is one more way to read the
    mail, which is where calendars look for an invitation; further ones are attached.
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in headers) + "MIME-Version: 1.0\r\n"
    parts = [_part("text/plain", text), _part("text/html", html)]
    kinds = [f"text/calendar; method={method}" for method, _ in calendars]
    parts += [_part(kind, each) for kind, (_, each) in zip(kinds, calendars, strict=True)][:1]
    whole = _multipart("alternative", boundary, parts)
    if len(calendars) > 1:
        others = zip(kinds[1:], calendars[1:], strict=True)
        attached = [_part(kind, each, "invite.ics") for kind, (_, each) in others]
        whole = _multipart("mixed", f"{boundary}.mixed", [whole, *attached])
    return head.encode() + whole


def words(text: str, name: str) -> str:
    """A value of free text for the header `name`: folded, other scripts as encoded words."""
    if _is_plain(text) and len(text) + len(name) < 76:
        return text
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def mailbox(name: str, address: str) -> str:
    """`Jo Smith <jo@example.org>`. What is no address stands there as words, and leads nowhere."""
    if not _ADDRESS.fullmatch(address):
        return words(f"{name} ({address})".strip(), "To") + " <>"
    if not name:
        return address
    if not _is_plain(name):
        return f"{words(name, 'To')}\r\n <{address}>"
    if _QUOTED.search(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{address}>" if len(name) < 60 else f"{name}\r\n <{address}>"


def _is_plain(text: str) -> bool:
    """ASCII that no reader takes for an encoded word."""
    return text.isascii() and "=?" not in text


def _multipart(kind: str, boundary: str, parts: Iterable[bytes]) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'
    start, end = f"\r\n--{boundary}\r\n".encode(), f"\r\n--{boundary}--\r\n".encode()
    return head.encode() + b"".join(start + part for part in parts) + end


def _part(kind: str, text: str, file_name: str = "") -> bytes:
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    if file_name:
        head += f'Content-Disposition: attachment; filename="{file_name}"\r\n'
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return f"{head}\r\n".encode() + binascii.b2a_qp(lines.encode(), istext=True)

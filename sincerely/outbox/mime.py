"""Writes a mail of two parts (RFC 5322, 2045, 2046, 2047).

The standard library's EmailMessage takes 6 ms of CPU for a receipt, most of it to parse again what
was just put in; this takes a tenth. tests/outbox/test_render.py reads the results with
EmailMessage, for whatever hypothesis can think of.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from email.header import Header

_QUOTED = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"]+@[^\s<>()\[\],;:\\\"]+")


def write_mail(headers: Iterable[tuple[str, str]], *, text: str, html: str, boundary: str) -> bytes:
    """The whole mail with CRLF line ends. Values come from `words`, `mailbox`, or are plain ASCII.

    `boundary` must not occur in the parts, which quoted-printable makes sure of when it holds "=_".
    """
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    multipart = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"'
    parts = [_part("plain", text, boundary), _part("html", html, boundary)]
    return b"".join([f"{head}{multipart}\r\n\r\n".encode(), *parts, f"--{boundary}--\r\n".encode()])


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


def _part(kind: str, text: str, boundary: str) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    return head.encode() + binascii.b2a_qp(lines.encode(), istext=True) + b"\r\n"

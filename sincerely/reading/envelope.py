"""The envelope of a mail that came without one, read from its headers (RFC 5322, RFC 9228).

Who hands a mail over by IMAP has only the mail itself; the server that delivered it noted on top of
it for whom it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from sincerely.reading.mail import MAX_HEADER_BYTES

# The first is by Postfix and says what stood in the envelope before any alias; the others follow.
_TRACED = ("X-Original-To", "Delivered-To", "Envelope-To", "X-Envelope-To")
_WRITTEN = ("To", "Cc", "Resent-To")
_LONGEST = 20_000
_MOST = 100
_ADDRESS = re.compile(r"[^\s<>()\",;:]{1,64}@[^\s<>()\",;:@]{1,255}")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{3,990}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """`sender` is the return path, "<>" for none, "" where nothing tells it. `traced` are the
    recipients that a mail server noted, `written` those that the sender wrote, in their order."""

    sender: str = ""
    traced: tuple[str, ...] = ()
    written: tuple[str, ...] = ()


def read_envelope(raw: bytes) -> Envelope:
    """What the headers tell. Never raises for bad data."""
    head, _ = split_mail(raw)
    message = BytesHeaderParser().parsebytes(head)
    path = "".join(_values(message, "Return-Path")[:1]).strip()
    from_there = _addresses([path]) or _addresses(_values(message, "From")[:1])[-1:]
    return Envelope(
        sender="<>" if path == "<>" else "".join(from_there[:1]),
        traced=_addresses(value for name in _TRACED for value in _values(message, name)[:1]),
        written=_addresses(value for name in _WRITTEN for value in _values(message, name)),
    )


def message_identity(raw: bytes) -> bytes:
    """The Message-ID and the body with its line ends and last blank lines made alike; empty where
    there is no Message-ID."""
    head, body = split_mail(raw)
    found = _MESSAGE_ID.search(head)
    if not found:
        return b""
    return found[1] + b"\0" + body.replace(b"\r\n", b"\n").rstrip()


def split_mail(raw: bytes) -> tuple[bytes, bytes]:
    """The headers, as far as they are of sane length, and the body."""
    end = _END_OF_HEADERS.search(raw, 0, MAX_HEADER_BYTES)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw[:MAX_HEADER_BYTES], b"")


def _values(message: Message, name: str) -> list[str]:
    return [str(value)[:_LONGEST] for value in message.get_all(name, [])]


def _addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Found by their look: the standard library's parser recurses for each bracket."""
    found = (address.lower() for value in values for address in _ADDRESS.findall(value))
    return tuple(dict.fromkeys(found))[:_MOST]

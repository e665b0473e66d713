"""Parses mail from strangers: measured before it is parsed, because the parser is not bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser

MAX_HEADER_BYTES = 64 * 1024
MAX_PARTS = 1_000
MAX_DEPTH = 50
MAX_MAIL_BYTES = 30 * 1024 * 1024

# The parser ends a line at \n, at \r\n and at \r alone: so do these.
_REPORT = re.compile(
    rb"((?:\A|[\r\n])content-type:\s*)message/((?:global-)?delivery-status)", re.IGNORECASE
)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BOUNDARY_LINE = re.compile(rb"[\r\n]--[^\r\n]+")
_NESTING = re.compile(rb"(?:\A|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE)


class MailRefused(Exception):
    """The mail is built to be expensive, or far too large; the text says how."""


def parse_mail(raw: bytes) -> Message:
    """The message; a delivery report in it has the type text/delivery-status.

    Raises MailRefused.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # an old Macintosh on the way
    check_size(raw)
    # The parser would make a message of each block of a delivery report, however many there are.
    raw = _REPORT.sub(rb"\1text/\2", raw)
    return BytesParser(policy=policy.compat32).parsebytes(raw)


def check_size(raw: bytes) -> None:
    """Look for what makes the parser slow without parsing. Raises MailRefused.

    Parts and depth are counted by their lines, so both are at least what a parser would find.
    """
    if len(raw) > MAX_MAIL_BYTES:
        raise MailRefused("larger than 30 MB")
    for parts, boundary in enumerate(_BOUNDARY_LINE.finditer(raw), start=1):
        if parts > MAX_PARTS:
            raise MailRefused("more than 1,000 parts")
        _check_headers(raw, boundary.end())
    _check_headers(raw, 0)
    depth = sum(1 for _ in zip(range(MAX_DEPTH + 1), _NESTING.finditer(raw), strict=False))
    if depth > MAX_DEPTH:
        raise MailRefused("nested more than 50 deep")


def _check_headers(raw: bytes, start: int) -> None:
    """The block of lines up to the next blank one must look like headers of sane length."""
    block = raw[start : start + MAX_HEADER_BYTES + 4]
    if len(block) > MAX_HEADER_BYTES and not _BLANK_LINE.search(block):
        raise MailRefused("headers of more than 64 KB")


def header(message: Message, name: str) -> str:
    """The first header of this name, in one line of at most 2,000 characters; "" for none."""
    for found, value in message.raw_items():
        if found.lower() == name.lower():
            return " ".join(_recovered(value).split())[:2000]
    return ""


def decoded_header(message: Message, name: str) -> str:
    """A header with its encoded words (RFC 2047) read, as far as they can be."""
    value = header(message, name)
    if "=?" not in value:
        return value
    try:
        return "".join(_decoded(word, charset) for word, charset in decode_header(value))
    except (ValueError, LookupError):
        return value


def _decoded(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        return word.decode(charset or "utf-8", "replace")
    except LookupError:
        return word.decode("utf-8", "replace")


def header_lines(message: Message) -> str:
    """All headers as lines, in their order."""
    return "\n".join(f"{name}: {_recovered(value)}" for name, value in message.raw_items())


def _recovered(value: object) -> str:
    """A header's own bytes read as UTF-8; the parser keeps them aside as surrogates."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def outer_parts(message: Message) -> Iterator[Message]:
    """The message and its parts, without going into a message that is merely attached."""
    yield message
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from outer_parts(part)


def body_text(part: Message) -> str:
    """The text of a part, whatever its transfer encoding and charset claim."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload.decode("utf-8", "replace")
    inner = part.get_payload()
    if isinstance(inner, list):
        return "\n".join(_as_text(block) for block in inner)
    return str(inner or "")


def decoded_text(part: Message) -> str:
    """The text of a part in the charset that it names, where there is one of that name."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return body_text(part)
    try:
        return payload.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return body_text(part)


def first_text(message: Message) -> str:
    """The first part that is text and no file."""
    for part in outer_parts(message):
        if part.get_content_maintype() == "text" and not part.get_filename():
            return decoded_text(part)
    return ""


def _as_text(block: object) -> str:
    if not isinstance(block, Message):
        return str(block)
    body = "" if block.is_multipart() else body_text(block)
    return f"{header_lines(block)}\n\n{body}"

"""The token in an address: which message a bounce or a reply is about, readable without asking
the database.

A letter for its purpose, then base32 of 16 bytes employer id, 16 bytes message id and 6 bytes
HMAC: 62 characters of a-z and 2-7. It fits the 64 characters of a local part (RFC 5321, section
4.5.3.1.1) and survives servers that change the case. 48 bits are enough where every guess costs
the guesser one mail and a right one could only mark a message delivered or bounced.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

BOUNCE = "b"
REPLY = "r"
INVITATION = "i"
_SHAPE = re.compile(r"[bri][a-z2-7]{61}")


@dataclass(frozen=True, slots=True)
class Token:
    """What a genuine token names, and what it is for: BOUNCE or REPLY; or INVITATION, where
    `message_id` is the id of the interview, or of the interviewer, that was invited."""

    purpose: str
    employer_id: UUID
    message_id: UUID


def make_token(employer_id: UUID, message_id: UUID, purpose: str = BOUNCE) -> str:
    """62 characters, all lower case."""
    body = employer_id.bytes + message_id.bytes
    encoded = base64.b32encode(body + _seal(purpose, body)).decode().rstrip("=").lower()
    return purpose + encoded


def read_token(text: str) -> Token | None:
    """The ids inside a token, in any case; None when it is not one of ours."""
    text = text.strip().lower()
    if not _SHAPE.fullmatch(text):
        return None
    try:
        body = base64.b32decode(text[1:].upper() + "===")
    except binascii.Error:
        return None
    if not hmac.compare_digest(body[32:], _seal(text[0], body[:32])):
        return None
    return Token(text[0], UUID(bytes=body[:16]), UUID(bytes=body[16:32]))


def _seal(purpose: str, body: bytes) -> bytes:
    key = f"sincerely.outbox.token:{settings.SECRET_KEY}".encode()
    return hmac.new(key, purpose.encode() + body, hashlib.sha256).digest()[:6]

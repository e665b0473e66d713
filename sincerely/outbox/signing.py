"""DKIM (RFC 6376): our mail is signed as it leaves, for who sends through a server of their own.

The signature is made at each attempt and not stored: it carries its time, and a key may change
while a message waits.
"""

from __future__ import annotations

from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path

import dkim
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

# Signed once more than they are there, so that nobody can put a second one in front.
_ONLY_ONE = (b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"content-type")


class CannotSign(ValueError):
    """The key cannot be read or used. Nothing goes out unsigned instead: it would be refused."""


def signed(raw: bytes) -> bytes:
    """The mail under its signature; as it is where no key was given. Raises CannotSign."""
    if not settings.DKIM_KEY_FILE:
        return raw
    try:
        signer = dkim.DKIM(raw)
        signer.add_frozen(_ONLY_ONE)
        signer.should_sign.add(b"auto-submitted")
        header = signer.sign(
            settings.DKIM_SELECTOR.encode(),
            signing_domain().encode("idna"),
            _key(settings.DKIM_KEY_FILE),
            canonicalize=(b"relaxed", b"relaxed"),
        )
    except (OSError, ValueError, dkim.DKIMException) as error:
        raise CannotSign(f"DKIM_KEY_FILE: {error}") from error
    return bytes(header) + raw


def signing_domain() -> str:
    """The domain in From: only a signature of the same one counts (DMARC)."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def public_key() -> bytes:
    """What belongs into the DNS, as p=, before it is written in base64. Raises CannotSign."""
    try:
        private = load_pem_private_key(_key(settings.DKIM_KEY_FILE), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotSign(f"DKIM_KEY_FILE: {error}") from error
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@lru_cache(maxsize=4)
def _key(path: str) -> bytes:
    return Path(path).read_bytes()

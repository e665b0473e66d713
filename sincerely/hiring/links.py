"""Signed links, which are the only key their holders need.

The one to an applicant's status page carries the employer inside its signature.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

_STATUS = "sincerely.status"


class BadLink(ValueError):
    """Not a link of ours, or a damaged one."""


def sign(purpose: str, payload: bytes) -> str:
    """A token, safe in an address; good for this purpose alone."""
    return _signer(purpose).sign(base64.urlsafe_b64encode(payload).rstrip(b"=").decode())


def unsign(purpose: str, token: str) -> bytes:
    """The payload of a token of this purpose; raises BadLink."""
    try:
        encoded = _signer(purpose).unsign(token)
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (BadSignature, binascii.Error, ValueError) as error:
        raise BadLink("This link is not complete.") from error


def status_token(application: Any) -> str:
    """A token of about 87 characters, safe in an address."""
    return sign(_STATUS, application.employer_id.bytes + application.pk.bytes)


def read_status_token(token: str) -> tuple[UUID, UUID]:
    """The ids (employer, application) in a token; raises BadLink."""
    key = unsign(_STATUS, token)
    return UUID(bytes=key[:16]), UUID(bytes=key[16:])


def status_link(application: Any) -> str:
    """The full address of the status page."""
    return f"{settings.PUBLIC_URL}/a/{status_token(application)}/"


def _signer(purpose: str) -> Signer:
    return Signer(salt=purpose, sep=".")

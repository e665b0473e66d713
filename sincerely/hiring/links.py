"""Signed links, which are the only key their holders need.

The one to an applicant's status page carries the employer inside its signature.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from sincerely.kernel import clock

# Of a page that was opened with a PIN, perhaps on a library's computer.
BRIEFLY = dt.timedelta(minutes=30)
_STATUS = "sincerely.status"
_UNTIL_BYTES = 5  # seconds since 1970, behind the two ids


class BadLink(ValueError):
    """Not a link of ours, or a damaged one."""


class LinkIsOver(BadLink):
    """A link of ours whose time is over."""


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


def brief_token(application: Any) -> str:
    """A token that opens the same page for BRIEFLY: what stays in a browser's history is of no use
    to whoever sits there next."""
    until = int((clock.now() + BRIEFLY).timestamp())
    key: bytes = application.employer_id.bytes + application.pk.bytes
    return sign(_STATUS, key + until.to_bytes(_UNTIL_BYTES, "big"))


def read_status_token(token: str) -> tuple[UUID, UUID]:
    """The ids (employer, application) in a token; raises BadLink."""
    key = unsign(_STATUS, token)
    until = _until(key)
    if until and until < clock.now():
        raise LinkIsOver("This page was open for half an hour.")
    return UUID(bytes=key[:16]), UUID(bytes=key[16:32])


def closes_at(token: str) -> dt.datetime | None:
    """When a brief token ends; None for the link in a receipt, which does not."""
    return _until(unsign(_STATUS, token))


def status_link(application: Any) -> str:
    """The full address of the status page."""
    return f"{settings.PUBLIC_URL}/a/{status_token(application)}/"


def _signer(purpose: str) -> Signer:
    return Signer(salt=purpose, sep=".")


def _until(key: bytes) -> dt.datetime | None:
    seconds = key[32:]
    return dt.datetime.fromtimestamp(int.from_bytes(seconds, "big"), dt.UTC) if seconds else None

"""The signed link to an applicant's status page; it carries the employer inside its signature."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

_signer = Signer(salt="sincerely.status", sep=".")


class BadLink(ValueError):
    """Not a link of ours, or a damaged one."""


def status_token(application: Any) -> str:
    """A token of about 87 characters, safe in an address."""
    key = application.employer_id.bytes + application.pk.bytes
    return _signer.sign(base64.urlsafe_b64encode(key).rstrip(b"=").decode())


def read_status_token(token: str) -> tuple[UUID, UUID]:
    """The ids (employer, application) in a token; raises BadLink."""
    try:
        key = base64.urlsafe_b64decode(_signer.unsign(token) + "=")
        return UUID(bytes=key[:16]), UUID(bytes=key[16:])
    except (BadSignature, binascii.Error, ValueError) as error:
        raise BadLink("This link is not complete.") from error


def status_link(application: Any) -> str:
    """The full address of the status page."""
    return f"{settings.PUBLIC_URL}/a/{status_token(application)}/"

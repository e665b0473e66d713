"""What every page may show, whoever renders it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def support(request: HttpRequest) -> dict[str, str]:
    """The operator's channels for trouble with the system, for the foot of the page."""
    return {"support_email": settings.SUPPORT_EMAIL, "support_phone": settings.SUPPORT_PHONE}

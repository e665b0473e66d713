"""Who is on the other end of the request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Sets `request.client_address`, the address limits are counted for.

    Only as many entries of X-Forwarded-For are believed, from the right, as there are proxies of
    ours (TRUSTED_PROXIES); whatever a client wrote further left is a claim and not an address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = client_address(request.META)  # type: ignore[attr-defined]
        return self.get_response(request)


def client_address(meta: dict[str, str]) -> str:
    """The address of the client, as far as it can be believed."""
    forwarded = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(forwarded) >= trusted:
        return forwarded[-trusted]
    return meta.get("REMOTE_ADDR", "")

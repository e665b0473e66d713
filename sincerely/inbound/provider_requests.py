"""Calls of mail providers as Anymail reads them: checked as they come, read again from the store.

Django reads a body of 512 KB at most, which is right for forms; a mail may be larger. So the body
is read here, within a limit of its own, and handed to Django's request as it is.
"""

from __future__ import annotations

import re
import warnings
from email.message import Message
from functools import cache
from io import BytesIO
from typing import Any

from anymail.exceptions import AnymailNotSupportedWarning
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from sincerely.reading.mail import MailRefused, parse_mail

_NAME = re.compile(r"(?P<provider>\w+?)(_(?P<kind>tracking|inbound))?_webhook")


def reader_of(provider: str, kind: str) -> Any:
    """Anymail's view for such a call, which checks and reads it; None where there is none.

    Raises ImproperlyConfigured for one that anybody could call: nothing secret was agreed on.
    """
    view = _views().get((provider, kind.removesuffix("_mime")))
    if view is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailNotSupportedWarning)
        warnings.filterwarnings("ignore", "Your Anymail webhooks are insecure")
        reader = view()
    if reader.warn_if_no_basic_auth and not reader.basic_auth:
        raise ImproperlyConfigured(f"ANYMAIL_WEBHOOK_SECRET is not set, and {provider} needs it")
    return reader


@cache
def _views() -> dict[tuple[str, str], Any]:
    """Anymail's own list of addresses, as (provider, kind) → view."""
    from anymail.urls import urlpatterns

    found = {}
    for entry in urlpatterns:
        named = _NAME.fullmatch(entry.name or "")
        if named and hasattr(entry.callback, "view_class"):
            # One provider has a single address for both.
            for kind in [named["kind"]] if named["kind"] else ["tracking", "inbound"]:
                found[named["provider"], kind] = entry.callback.view_class
    return found


def read_body(request: HttpRequest, most: int) -> bytes | None:
    """The body, and the request made ready for Anymail; None when it has more than `most` bytes."""
    body = request.read(most + 1)
    if len(body) > most:
        return None
    _make_ready(request, body)
    return body


def stored_request(content_type: str, body: bytes) -> HttpRequest:
    """A call from the store, as Anymail reads it."""
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(),
        }
    )
    _make_ready(request, body)
    return request


def _make_ready(request: Any, body: bytes) -> None:
    """What Django itself would set, without its limit. Raises MailRefused for a hostile form."""
    request._body = body
    request._read_started = True
    request._post, request._files = QueryDict(mutable=True), MultiValueDict()
    if request.content_type == "application/x-www-form-urlencoded":
        request._post = QueryDict(body, encoding="utf-8")
    elif request.content_type == "multipart/form-data":
        head = f"Content-Type: {request.META['CONTENT_TYPE']}\r\n\r\n"
        _read_form(request, parse_mail(head.encode("latin-1", "replace") + body))


def _read_form(request: Any, form: Message) -> None:
    parts = form.get_payload()
    if not isinstance(parts, list):
        raise MailRefused("a form without its boundary")
    for part in parts:
        assert isinstance(part, Message)
        name = str(part.get_param("name", "", header="content-disposition"))
        content, filename = _content(part), part.get_filename()
        if filename is None:
            request._post.appendlist(name, content.decode("utf-8", "replace"))
        else:
            file = SimpleUploadedFile(filename, content, part.get_content_type())
            request._files.appendlist(name, file)


def _content(part: Message) -> bytes:
    if part.is_multipart():  # a mail that is attached to a mail
        return b"\r\n".join(inner.as_bytes() for inner in part.get_payload())  # type: ignore[union-attr]
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def signed_number(request: HttpRequest, json: Any) -> tuple[str, str]:
    """What a provider gave this call alone, and the second at which it was signed; each may be
    empty. Mailgun signs the two and not the body; others sign all, or agree on a password."""
    block = json.get("signature") if isinstance(json, dict) else None
    if not isinstance(block, dict):
        block = request.POST if {"token", "timestamp", "signature"} <= set(request.POST) else {}
    number = block.get("token") or request.headers.get("Svix-Id", "")
    second = (
        block.get("timestamp")
        or request.headers.get("Svix-Timestamp")
        or request.headers.get("X-Twilio-Email-Event-Webhook-Timestamp")
    )
    return str(number or "")[:100], str(second or "")

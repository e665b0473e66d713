"""Where mail providers call: checked, stored, answered. What a call says is read by a job."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import structlog
from anymail.exceptions import AnymailWebhookValidationFailure
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.inbound.provider_call import ChangedReplay, ProviderCall
from sincerely.inbound.provider_requests import read_body, reader_of, signed_number
from sincerely.kernel import clock
from sincerely.reading.mail import MailRefused

log = structlog.get_logger()

# Providers send some hundred reports at once; a mail may have files.
MOST_BYTES = {"tracking": 4 * 1024 * 1024}
# They repeat a call that failed for a day at most; what was signed earlier is somebody's copy.
STALE_AFTER = dt.timedelta(hours=26)
CLOCKS_DIFFER_BY = dt.timedelta(minutes=15)


# No CSRF token: no cookie plays a part, the provider signs or knows the password.
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail_hook(request: HttpRequest, provider: str, kind: str) -> HttpResponse:
    """200 after the commit: until then the provider keeps the call and repeats it."""
    reader = _reader_or_404(provider, kind)
    if reader is None:
        return _no("This address is not set up: see the server's log.", 503)
    if request.method == "HEAD":  # some ask whether anybody is there
        return HttpResponse()
    kind = kind.removesuffix("_mime")
    try:
        body = read_body(request, MOST_BYTES.get(kind, settings.INBOUND_MAX_BYTES))
        if body is None:
            return _no("This call is too large.", 413)
        reader.run_validators(request)
    except MailRefused as refusal:
        return _no(f"Not taken: {refusal}.", 400)
    except AnymailWebhookValidationFailure as error:
        log.warning("a call that no provider signed", provider=provider, why=str(error))
        return _no("The signature or the password is not right.", 403)
    return _store(request, provider, kind, body)


def _reader_or_404(provider: str, kind: str) -> Any:
    """None where it would be open to anybody."""
    if provider not in settings.EMAIL_HOOKS:
        raise Http404
    try:
        reader = reader_of(provider, kind)
    except ImproperlyConfigured as error:
        log.error("a mail provider's address is not set up", provider=provider, why=str(error))
        return None
    if reader is None:
        raise Http404
    return reader


def _store(request: HttpRequest, provider: str, kind: str, body: bytes) -> HttpResponse:
    number, second = signed_number(request, _json(request, body))
    if not _is_fresh(second):
        return _no("This was signed too long ago.", 403)
    try:
        ProviderCall.objects.take_in(
            provider=provider,
            kind=kind,
            number=number,
            content_type=request.META.get("CONTENT_TYPE", ""),
            body=body,
        )
    except ChangedReplay:
        log.warning("a call repeated with another body", provider=provider, number=number)
        return _no("Another call had this number.", 403)
    return HttpResponse()


def _json(request: HttpRequest, body: bytes) -> Any:
    if request.content_type != "application/json":
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _is_fresh(second: str) -> bool:
    """A provider that signs no time is known by its password alone."""
    if not second:
        return True
    try:
        at = dt.datetime.fromtimestamp(float(second), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return clock.now() - STALE_AFTER <= at <= clock.now() + CLOCKS_DIFFER_BY


def _no(why: str, status: int) -> HttpResponse:
    return HttpResponse(why, content_type="text/plain; charset=utf-8", status=status)

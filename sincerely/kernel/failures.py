"""What a person sees when something of ours failed: what is safe, what to do, and a code.

The code stands in the log beside the error, so that support finds it. Where a door has said whom
the request concerns, the rooms above are told of the failure as well (`signals.request_failed`).
"""

from __future__ import annotations

import datetime as dt
import errno
import sys
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg_pool import PoolTimeout

from sincerely.kernel import clock
from sincerely.kernel.ids import help_code
from sincerely.kernel.limits import network
from sincerely.kernel.signals import request_failed

log = structlog.get_logger()

DATABASE_DOWN = (OperationalError, InterfaceError, PoolTimeout)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_RETRY_AFTER_SECONDS = "120"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Whom a failure of this request would hurt, as far as its door knows: the slugs of employer
    and job, the id of the application (its form's key, before it is received), and who typed.
    `is_try`: the request sends an application."""

    employer: str
    job: str = ""
    application_id: UUID | None = None
    name: str = ""
    email: str = ""
    is_try: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One failure: `where` is the method and the pattern of the address, without the keys in it;
    `network` what to count floods for."""

    code: str
    at: dt.datetime
    where: str
    error: str
    reason: str
    network: str
    concern: Concern


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: 503 when the database or the disk is at fault, else 500; always with a code."""
    error = sys.exc_info()[1]
    code = note_failure(request, error)
    if isinstance(error, DATABASE_DOWN):
        return unavailable(request, "503.html", code)
    if no_room(error):
        return unavailable(request, "storage_full.html", code)
    return _plain(request, "500.html", {"code": code}, status=500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`: a body that is too large gets a page of its own."""
    if isinstance(exception, RequestDataTooBig):
        return _plain(request, "413.html", {}, status=413)
    return _plain(request, "400.html", {}, status=400)


def concerns(request: Any, concern: Concern) -> None:
    """Say whom it would hurt if this request failed."""
    request.concern = concern


def note_failure(request: HttpRequest, error: BaseException | None) -> str:
    """Write a failure to the log under a new code, tell of it, and return the code."""
    code = help_code()
    known = {"error": type(error).__name__, "reason": str(error).strip()}
    log.error("request failed", code=code, method=request.method, path=request.path, **known)
    # Who is told writes it down: nothing can be written while the database is away.
    if hasattr(request, "concern") and not isinstance(error, DATABASE_DOWN):
        route = request.resolver_match.route if request.resolver_match else ""
        failed = Failed(
            code=code,
            at=clock.now(),
            where=f"{request.method} /{route}",
            network=network(request),
            concern=request.concern,
            **known,
        )
        for receiver, trouble in request_failed.send_robust(sender=None, failed=failed):
            if isinstance(trouble, Exception):
                log.error("failure not noted", code=code, by=str(receiver), reason=str(trouble))
    return code


def no_room(error: BaseException | None) -> bool:
    """Whether a file could not be written because there is no room for it."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def unavailable(request: HttpRequest, template: str, code: str) -> HttpResponse:
    response = _plain(request, template, {"code": code}, status=503)
    response["Retry-After"] = _RETRY_AFTER_SECONDS
    return response


def _plain(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """Without the request's own context: reading the user would ask the database again."""
    from sincerely.kernel.context import support

    response = render(None, template, support(request) | context, status=status)  # type: ignore[arg-type]
    response["Cache-Control"] = "no-store"
    return response

"""A form that could not be taken when it was sent, though nothing is wrong with what it says.

Its session was over, or it was open while its sender signed in again elsewhere. What was typed
comes back to the browser as a form that can be sent once more; nothing is kept on the server.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import render
from django.views.csrf import csrf_failure as plain_csrf_failure

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (the name of a field)
# Shorter answers are choices, days and marks, which nobody needs to read again.
_WORTH_SHOWING = 12


def signed_out(request: HttpRequest) -> HttpResponse:
    """For who must be signed in and is not: the login, or what they had typed first."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)  # htmx-or-load.js asks again as a browser would
    if request.method == "POST":
        return _send_again(request, status=401)
    return redirect_to_login(request.get_full_path())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW. The form comes back only where the browser has said, in Origin, that it
    came from a page of ours; and never with a password in it."""
    known = "Origin" in request.headers and not reason.startswith(REASON_BAD_ORIGIN.split("%")[0])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403)
    if known and not any("password" in name for name in request.POST):
        return _send_again(request, status=403)
    return plain_csrf_failure(request, reason)


def _send_again(request: HttpRequest, *, status: int) -> HttpResponse:
    given = [
        (name, value) for name, values in request.POST.lists() if name != _TOKEN for value in values
    ]
    context: dict[str, Any] = {
        "given": given,
        "typed": [value for _, value in given if len(value) >= _WORTH_SHOWING and " " in value],
        "files": list(request.FILES),
        "path": request.get_full_path(),
        "is_signed_in": request.user.is_authenticated,  # type: ignore[attr-defined]
    }
    response = render(request, "send_again.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response

"""The slip that is printed for the applicant: reference, PIN, and the date by which they hear."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of
from sincerely.documents.form_fields import form_key
from sincerely.hiring.front_desk import give_slip
from sincerely.hiring.models import Application
from sincerely.hiring.pins import issue_pin, pin_is_valid, spoken_pin
from sincerely.hiring.slip import slip_of
from sincerely.kernel.ids import uuid7

FROM_FRONT_DESK = "front-desk"
# The PIN is nowhere in readable form but here, for the one page that prints it, and for as long as
# a printer may take.
COOKIE = "slip"
_COOKIE_FOR = dt.timedelta(minutes=15)
_SALT = "sincerely.slip"


def redirect_to_slip(
    request: DeskRequest, application: Application, pin: str, *, origin: str = ""
) -> HttpResponse:
    """To the page that prints it, so that a reload prints again and makes nothing new."""
    path = address_of("slip", request, application.reference)
    response = redirect(f"{path}?from={origin}" if origin else path)
    response.status_code = 303
    if pin:
        response.set_cookie(
            COOKIE,
            signing.dumps(pin, salt=_SALT),
            path=path,
            max_age=_COOKIE_FOR,
            httponly=True,
            secure=settings.HTTPS,
            samesite="Strict",
        )
    return response


@never_cache
@desk_view()
def slip(request: DeskRequest, reference: str) -> HttpResponse:
    """The slip; without its PIN when that was shown before. POST makes a new PIN: the one on an
    earlier slip is dead then."""
    application = application_or_404(request, reference)
    if request.method == "POST":
        pin = issue_pin(application, key=form_key(request.POST), by=request.user)
        return redirect_to_slip(request, application, pin, origin=_origin(request))
    pin = _pin_in_cookie(request)
    context = {
        "application": application,
        "slip": slip_of(application),
        "pin": spoken_pin(pin) if pin and pin_is_valid(application, pin) else "",
        "origin": _origin(request),
        "form_key": uuid7(),
    }
    return render(request, "desk/front_desk/slip.html", context)


@never_cache
@desk_view()
def handover(request: DeskRequest, reference: str) -> HttpResponse:
    """The slip is with the applicant: their receipt."""
    application = application_or_404(request, reference)
    path = address_of("slip", request, reference)
    if request.method != "POST":
        return redirect(path)
    give_slip(application, key=form_key(request.POST), by=request.user)
    messages.success(request, f"{application.name} has the slip.")
    if _origin(request) == FROM_FRONT_DESK:
        response = redirect("desk:front_desk", employer=request.employer.slug)
    else:
        response = redirect(address_of("application", request, reference))
    response.delete_cookie(COOKIE, path=path)
    return response


def _origin(request: DeskRequest) -> str:
    wanted = request.POST.get("from") or request.GET.get("from")
    return FROM_FRONT_DESK if wanted == FROM_FRONT_DESK else ""


def _pin_in_cookie(request: Any) -> str:
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT))
    except signing.BadSignature:
        return ""

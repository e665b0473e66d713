"""Trouble with the application system: told here, answered by who runs it, and what is safe.

The person who applies gets the operator's own channels: an employer cannot see what went wrong
here, and should not be called for it (docs/protocol.md, incident-support).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.documents.form_fields import form_key
from sincerely.kernel.honeypot import HONEYPOT
from sincerely.kernel.ids import read_help_code, uuid7
from sincerely.kernel.limits import Limit, TooMany, count_use, network
from sincerely.operator.help_form import ReportForm
from sincerely.operator.place import Place, at_its_place
from sincerely.support.models import Incident
from sincerely.support.reply_time import reply_by
from sincerely.support.reporting import report

HOUR = dt.timedelta(hours=1)
REPORTS_FROM_ONE = Limit("reports-from", most=30, per=HOUR)
# A report sends mail to an address that somebody typed.
REPORTS_OF_ONE = Limit("reports-of", most=10, per=24 * HOUR)


# No CSRF token: nobody is signed in here, so a forged form can do nothing that its sender could
# not do alone; and a token would refuse who wrote for long, or without cookies.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def support_page(request: Any, code: str = "") -> HttpResponse:
    """What is known of a code, what to do now, and the form that asks us."""
    known = read_help_code(code)
    if code and not known:
        raise Http404
    if typed := read_help_code(request.GET.get("code", "")):
        return redirect("help_code", typed)
    incident = Incident.objects.by_code(known)
    if request.method == "POST":
        return _take(request, known, incident)
    return _page(request, known, incident, ReportForm())


def _take(request: Any, code: str, incident: Incident | None) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, code, incident, form, status=422)
    try:
        uses = {REPORTS_FROM_ONE: network(request)}
        count_use(uses | {REPORTS_OF_ONE: form.cleaned_data["email"][:150]})
    except TooMany as limit:
        answer = _page(request, code, incident, form, status=429, free_at=limit.free_at)
        answer["Retry-After"] = http_date(limit.free_at.timestamp())
        return answer
    told = report(code, form.report(form_key(request.POST)))
    response = redirect("help_code", told.code)
    response.status_code = 303
    return response


def _page(
    request: Any,
    code: str,
    incident: Incident | None,
    form: ReportForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    with at_its_place(incident):
        context = {
            "code": code,
            "incident": incident,
            "place": Place.of(incident) if incident else None,
            "reply_by": reply_by(incident.employer if incident else None),
            "form": form,
            "form_key": form_key(request.POST) if form.is_bound else uuid7(),
            "honeypot": HONEYPOT,
            "typed": request.GET.get("code", "")[:40],
        }
        return render(request, "operator/help.html", context | more, status=status)

"""What the applicant does with their interview on their own page: one verb each, then the page.

No CSRF token, as with a withdrawal: the link is the only proof there is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sincerely.careers.interview_section import AnotherTimeForm
from sincerely.careers.status import applicant_view, status_page
from sincerely.hiring.interview_answers import (
    LATE_MINUTES,
    SlotGone,
    ask_another,
    pick,
    running_late,
)
from sincerely.hiring.interview_mail import calendar_file
from sincerely.hiring.models import Application, CannotDo, Interview
from sincerely.hiring.status import status_of
from sincerely.kernel.limits import Limit, TooMany, count_use

FROM_ONE_APPLICATION = Limit("interview", most=60, per=dt.timedelta(hours=1))
Act = Callable[[Interview], Any]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def pick_slot(request: Any, application: Application, token: str) -> HttpResponse:
    def act(interview: Interview) -> None:
        pick(interview, _key(request.POST.get("slot", "")))

    return _answer(request, application, token, act)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def another_time(request: Any, application: Application, token: str) -> HttpResponse:
    form = AnotherTimeForm(request.POST)
    if request.method == "POST" and not form.is_valid():
        return status_page(request, application, token, another=form, status=422)
    return _answer(
        request,
        application,
        token,
        lambda interview: ask_another(interview, form.cleaned_data["text"]),
        form,
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def late(request: Any, application: Application, token: str) -> HttpResponse:
    def act(interview: Interview) -> None:
        minutes = request.POST.get("minutes", "")
        if minutes not in map(str, LATE_MINUTES):
            raise CannotDo("Say 5, 10 or 20 minutes.")
        running_late(interview, int(minutes))

    return _answer(request, application, token, act)


@require_safe
@applicant_view
def calendar(request: Any, application: Application, token: str) -> HttpResponse:
    """The date as a file, for any calendar; 404 while there is none."""
    interview = status_of(application).interview
    if interview is None or interview.starts_at is None:
        raise Http404
    response = HttpResponse(calendar_file(interview), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response


def _answer(
    request: Any,
    application: Application,
    token: str,
    act: Act,
    form: AnotherTimeForm | None = None,
) -> HttpResponse:
    """Act, and show the page; where it could not be done, the page as it is now, and why."""
    again = redirect(reverse("careers:status", kwargs={"token": token}) + "#interview")
    if request.method != "POST":
        return again
    try:
        count_use({FROM_ONE_APPLICATION: application.pk.hex})
        interview = status_of(application).interview
        if interview is None:
            raise CannotDo("There is no interview to change any more.")
        act(interview)
    except TooMany:
        said, status = "This was pressed very often. Wait a while, and try again.", 429
    except CannotDo as refusal:
        said, status = str(refusal), 409
    else:
        return again
    return status_page(request, application, token, another=form, trouble=said, status=status)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise SlotGone("Choose one of the times.") from error

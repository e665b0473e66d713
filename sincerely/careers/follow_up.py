"""The applicant's question on their own page: taken when it is open, answered at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.follow_up_form import FollowUpForm
from sincerely.careers.status import applicant_view, status_page
from sincerely.hiring.asking import hear
from sincerely.hiring.models import Application, CannotDo
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel.limits import Limit, TooMany, count_use

FROM_ONE_APPLICATION = Limit("follow-up", most=20, per=dt.timedelta(hours=1))


# No CSRF token, as with a withdrawal: the link is the only proof there is.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def follow_up(request: Any, application: Application, token: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("careers:status", token=token)
    form = FollowUpForm(request.POST)
    try:
        count_use({FROM_ONE_APPLICATION: application.pk.hex})
        if form.is_valid():
            hear(application, Topic(form.cleaned_data["topic"]), text=form.cleaned_data["text"])
    except TooMany as limit:
        return status_page(request, application, token, form, free_at=limit.free_at, status=429)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
    if form.errors:
        return status_page(request, application, token, form, status=422)
    return redirect(reverse("careers:status", kwargs={"token": token}) + "#asked")

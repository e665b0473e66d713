"""Applying: the form, and what becomes of it when it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.access import PublicRequest, job_view
from sincerely.careers.forms import ApplyForm
from sincerely.careers.limits import count_application
from sincerely.careers.received import redirect_to_received
from sincerely.documents.form_fields import form_key
from sincerely.documents.uploads import StorageFailed, body_first
from sincerely.hiring.intake import receive
from sincerely.hiring.models import Job
from sincerely.kernel.failures import Concern, concerns, note_failure
from sincerely.kernel.honeypot import HONEYPOT
from sincerely.kernel.limits import TooMany


def concerned(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say what the request is about before it is read: a full disk may stop it there."""

    @wraps(view)
    def announced(request: Any, employer: str, slug: str) -> HttpResponse:
        is_try = request.method == "POST"
        concerns(request, Concern(employer=employer, job=slug, is_try=is_try))
        return view(request, employer=employer, slug=slug)

    return announced


# No CSRF token: nobody is signed in here, so a forged form can do nothing that its sender could
# not do alone; and a token would refuse who wrote for long, or without cookies.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
# Not no-store: who goes back to the form finds in it what they typed, and the same form_key.
@cache_control(private=True, no_cache=True)
@concerned
@body_first
@job_view
def apply(request: PublicRequest, job: Job) -> HttpResponse:
    """Show the form of an open job; take it whenever it comes, also just too late."""
    if request.method == "POST":
        return _take(request, job)
    if not job.is_open:
        return redirect("careers:job", employer=job.employer.slug, slug=job.slug)
    known = {name: request.GET.get(name, "") for name in ("source", "referral")}
    return _page(request, job, ApplyForm(job, **known))


def _take(request: PublicRequest, job: Job) -> HttpResponse:
    concerns(request, _whom(request, job))
    try:
        count_application(request, job, request.POST.get("email", ""))
    except TooMany as limit:
        return _too_many(request, job, limit.free_at)
    form = ApplyForm(job, request.POST, request.FILES)
    try:
        return _answer(request, job, form)
    except StorageFailed as error:
        # The form is shown again rather than an error page: what was typed is safe in it.
        code = note_failure(request, error)
        answer = _page(request, job, form, status=503, storage_failed=True, code=code)
        answer["Retry-After"] = "120"
        return answer


def _whom(request: PublicRequest, job: Job) -> Concern:
    typed = request.POST
    return Concern(
        employer=job.employer.slug,
        job=job.slug,
        application_id=form_key(typed) if typed.get("form_key") else None,
        name=typed.get("name", ""),
        email=typed.get("email", ""),
        is_try=True,
    )


def _answer(request: PublicRequest, job: Job, form: ApplyForm) -> HttpResponse:
    if not form.is_valid():
        form.keep_file()
        return _page(request, job, form, status=422)
    form.store_file()
    submission = form.submission()
    return redirect_to_received(job, receive(job, submission), submission)


def _too_many(request: PublicRequest, job: Job, free_at: dt.datetime) -> HttpResponse:
    form = ApplyForm(job, request.POST)
    form.show_as_typed()
    answer = _page(request, job, form, status=429, free_at=free_at)
    answer["Retry-After"] = http_date(free_at.timestamp())
    return answer


def _page(
    request: PublicRequest, job: Job, form: ApplyForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"job": job, "form": form, "honeypot": HONEYPOT, **more}
    return render(request, "careers/apply.html", context, status=status)

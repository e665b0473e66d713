"""The page after applying: what we have, what happens next, and by when.

It reads nothing about the application from the database, so that it looks alike for a first and a
second application, and its address shows nobody anything about a person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sincerely.careers.access import PublicRequest, job_view
from sincerely.hiring.intake import Received, Submission
from sincerely.hiring.models import Job
from sincerely.hiring.phone_line import number_to_call
from sincerely.hiring.publishing import contact_sentences
from sincerely.kernel import clock
from sincerely.kernel.ids import spoken_reference

_SALT = "sincerely.received"
_KEPT_FOR = dt.timedelta(days=30)
# Name, address and file name go in a cookie that only this page gets: an address ends up in logs.
COOKIE = "received"
_COOKIE_FOR = dt.timedelta(hours=12)


def redirect_to_received(job: Job, received: Received, submission: Submission) -> HttpResponse:
    """Send the browser to the page (so that a reload sends nothing twice)."""
    at = (received.at or clock.now()).timestamp()
    told = [received.reference, received.due_on.isoformat(), received.too_late, at]
    signed = signing.dumps(told, salt=_SALT)
    names = {"employer": job.employer.slug, "slug": job.slug, "signed": signed}
    address = reverse("careers:received", kwargs=names)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response.set_cookie(
        COOKIE,
        signing.dumps(_typed(submission), salt=_SALT, compress=True),
        path=address,
        max_age=_COOKIE_FOR,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


@require_safe
@never_cache
@job_view
def received(request: PublicRequest, job: Job, signed: str) -> HttpResponse:
    try:
        told = signing.loads(signed, salt=_SALT, max_age=_KEPT_FOR)
        reference, due_on, too_late, at = told
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    since = dt.datetime.fromtimestamp(at, dt.UTC)
    context = {
        "job": job,
        "reference": spoken_reference(reference) if reference else "",
        "due_on": dt.date.fromisoformat(due_on),
        "at": since.replace(second=0, microsecond=0),
        # By the policy that stood when it was sent, also for who comes back to the page.
        "contact": contact_sentences(job.employer, job.pk, since),
        "phone_line": number_to_call(job.employer),
        **_from_cookie(request),
    }
    page = "careers/too_late.html" if too_late else "careers/received.html"
    response = render(request, page, context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _typed(submission: Submission) -> dict[str, Any]:
    document = submission.document
    return {
        "name": submission.name,
        "email": submission.email,
        "file_name": document.name if document else "",
        "file_unread": bool(document and document.could_not_be_read),
    }


def _from_cookie(request: PublicRequest) -> dict[str, Any]:
    try:
        typed: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    return typed

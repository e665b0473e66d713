"""Referring somebody by link, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sincerely.careers.access import PublicRequest, employer_view, job_view, key_view
from sincerely.careers.limits import count_referral
from sincerely.careers.referral_form import ReferralForm
from sincerely.hiring.links import BadLink, LinkIsOver
from sincerely.hiring.models import CannotDo, Job, Referral
from sincerely.hiring.referral_links import Purpose, read_token, referral_link
from sincerely.hiring.referring import refer as take_referral
from sincerely.hiring.vouch_words import vouch_words
from sincerely.kernel import clock
from sincerely.kernel.honeypot import HONEYPOT
from sincerely.kernel.limits import TooMany
from sincerely.outbox.models import Message

_UNREACHED = (Message.State.BOUNCED, Message.State.FAILED)


# No CSRF token: the link is the only proof there is, and no cookie plays a part.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@key_view
@job_view
def refer(request: PublicRequest, job: Job, token: str) -> HttpResponse:
    try:
        named = read_token(Purpose.REFER, job.employer, token)
    except LinkIsOver:
        text = "It held for two months. Whoever gave it to you can give you a new one."
        return over(request, "This link has ended.", text, status=410)
    except BadLink:
        return not_complete(request)
    if named != job.pk:
        return not_complete(request)
    if not job.is_open:
        text = "So nobody can be referred for it just now. Thank you for thinking of somebody."
        return over(request, f"{job.title} takes no applications.", text, status=410)
    if request.method == "POST":
        return _take(request, job, token)
    return _page(request, job, token, ReferralForm(job))


def _take(request: PublicRequest, job: Job, token: str) -> HttpResponse:
    form = ReferralForm(job, request.POST)
    if not form.is_valid():
        return _page(request, job, token, form, status=422)
    given = form.given
    contact = given.contact.email if given.contact else ""
    try:
        count_referral(request, job, person=given.email, contact=contact)
        referral = take_referral(job, given)
    except TooMany as limit:
        return _too_many(request, job, token, form, limit.free_at)
    except CannotDo as refusal:  # something changed since the form was looked at
        form.add_error(None, str(refusal))
        return _page(request, job, token, form, status=422)
    response = HttpResponseRedirect(urlsplit(referral_link(referral)).path)
    response.status_code = 303
    return response


@require_safe
@key_view
@employer_view
def referral(request: PublicRequest, token: str) -> HttpResponse:
    """For the referrer. Never says whether the person applied: that is theirs to tell."""
    try:
        key = read_token(Purpose.REFERRAL, request.employer, token)
    except BadLink:
        return not_complete(request)
    shown = Referral.objects.select_related("job", "employer").filter(pk=key).first()
    if shown is None:
        return not_complete(request)
    today = clock.today(request.employer.time_zone)
    vouches = shown.vouches.select_related("employer").order_by("asked_at")
    mail = Message.objects.about(shown).filter(kind="referral", state__in=_UNREACHED)
    context = {
        "referral": shown,
        "vouches": [vouch_words(vouch, today) for vouch in vouches],
        "came_back": mail.exists(),
    }
    return render(request, "careers/referral.html", context)


def not_complete(request: Any) -> HttpResponse:
    """404: what a damaged link, a guessed one and another employer's get alike."""
    text = "Some mail programs cut long links in two. Copy the whole of it, or ask for it again."
    return over(request, "This link is not complete.", text, status=404)


def over(request: Any, title: str, text: str, *, status: int) -> HttpResponse:
    """A link that leads nowhere (any more): says so, and names nobody."""
    return render(request, "careers/over.html", {"said": title, "text": text}, status=status)


def _too_many(
    request: PublicRequest, job: Job, token: str, form: ReferralForm, free_at: dt.datetime
) -> HttpResponse:
    answer = _page(request, job, token, form, status=429, free_at=free_at)
    answer["Retry-After"] = http_date(free_at.timestamp())
    return answer


def _page(
    request: PublicRequest,
    job: Job,
    token: str,
    form: ReferralForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"job": job, "token": token, "form": form, "honeypot": HONEYPOT, **more}
    return render(request, "careers/refer.html", context, status=status)

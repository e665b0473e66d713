"""An applicant's own page: what we have, where it stands, and by when they hear."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sincerely.careers.access import acting_for
from sincerely.careers.address_form import AddressForm
from sincerely.careers.follow_up_form import FollowUpForm
from sincerely.careers.interview_section import AnotherTimeForm, section_of
from sincerely.careers.link_again import bad_link
from sincerely.careers.status_by_pin import over
from sincerely.documents.form_fields import form_key
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.links import BadLink, LinkIsOver, closes_at, read_status_token
from sincerely.hiring.missing import missing_from
from sincerely.hiring.models import Application, CannotDo, Reason
from sincerely.hiring.models.application import APPLICANT, WITHDRAWAL_UNDO
from sincerely.hiring.phone_line import number_to_call
from sincerely.hiring.pins import issue_pin, spoken_pin
from sincerely.hiring.receipt_words import receipt_of
from sincerely.hiring.slip import slip_of
from sincerely.hiring.status import Status, status_of
from sincerely.hiring.unreached_words import unreached_words
from sincerely.kernel import clock
from sincerely.kernel.failures import Concern, concerns
from sincerely.kernel.ids import spoken_reference, uuid7
from sincerely.kernel.tenancy import employer_scope


def applicant_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run the view with the application in the link, in its employer's scope.

    The link is the key: nothing of it may be cached, indexed, or sent on as a referrer.
    """

    @wraps(view)
    def opened(request: Any, token: str) -> HttpResponse:
        response = _open(view, request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(opened)


def _open(view: Callable[..., HttpResponse], request: Any, token: str) -> HttpResponse:
    try:
        employer_id, application_id = read_status_token(token)
    except LinkIsOver:
        return over(request)
    except BadLink:
        return bad_link(request, token)
    with employer_scope(employer_id):
        rows = Application.objects.for_page().defer("document__text", "document__resume")
        application = rows.filter(pk=application_id).first()
        if application is None:
            return bad_link(request, token)
        concerns(request, _concern(application))
        with acting_for(application.employer, request):
            return view(request, application, token)


def _concern(application: Application) -> Concern:
    return Concern(
        employer=application.employer.slug,
        job=application.job.slug,
        application_id=application.pk,
        name=application.name,
        email=application.email,
    )


@require_safe
@applicant_view
def status(request: Any, application: Application, token: str) -> HttpResponse:
    return status_page(request, application, token)


def status_page(
    request: Any,
    application: Application,
    token: str,
    form: FollowUpForm | None = None,
    *,
    address_form: AddressForm | None = None,
    another: AnotherTimeForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page as of now; `form` is a question that could not be taken, with what was written, and
    `another` what was written about the interview."""
    now = status_of(application)
    advice = contact_advice(application)
    context = {
        "application": application,
        "token": token,
        "status": now,
        "reference": spoken_reference(application.reference),
        "contact": contact_policy(application),
        "advice": advice,
        "form": (form or FollowUpForm()).offer(advice),
        "receipt": receipt_of(application),
        "undo_until": _undo_until(now),
        "closes_at": closes_at(token),
        "phone_line": number_to_call(application.employer),
        "lacks": missing_from(application),
        "vouch": None if now.ended else advice.vouch,
        "unreached": unreached_words(application),
        "address_form": address_form or AddressForm(),
        "meeting": section_of(now.interview, another) if now.interview else None,
    }
    return render(request, "careers/status.html", context | more, status=status)


# No CSRF token for the POSTs below: the link is the only proof there is, no cookie plays a
# part, and who has the link may do them all.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def withdrawal(request: Any, application: Application, token: str) -> HttpResponse:
    """Ask once on GET; withdraw on POST."""
    now = status_of(application)
    if request.method == "POST" and not now.ended:
        _try(application.withdraw)
    if request.method == "POST" or now.ended:
        return redirect("careers:status", token=token)
    return render(request, "careers/withdrawal.html", {"application": application, "token": token})


@csrf_exempt
@require_POST
@applicant_view
def withdrawal_undo(request: Any, application: Application, token: str) -> HttpResponse:
    _try(application.undo_withdrawal)
    return redirect("careers:status", token=token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@applicant_view
def pin(request: Any, application: Application, token: str) -> HttpResponse:
    """Ask on GET; make a PIN and show it, once, on POST."""
    context: dict[str, Any] = {
        "application": application,
        "token": token,
        "form_key": uuid7(),
        "phone_line": number_to_call(application.employer),
    }
    if request.method == "POST":
        key = form_key(request.POST)
        slip = slip_of(application)
        context |= {"reference": slip.reference, "address": slip.address}
        context["pin"] = spoken_pin(issue_pin(application, key=key, by=APPLICANT))
    return render(request, "careers/pin.html", context)


def _try(verb: Callable[[], Any]) -> None:
    """The page that follows shows what is so now, whether the verb came too late or not."""
    try:
        verb()
    except CannotDo:
        return


def _undo_until(now: Status) -> Any:
    """Until when a withdrawal can be taken back; None when it cannot."""
    if now.ended != Reason.WITHDRAWN:
        return None
    until = now.changed_at + WITHDRAWAL_UNDO
    return until if clock.now() < until else None

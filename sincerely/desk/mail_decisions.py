"""What a person says of a mail that could not be sorted; each may come a second time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sincerely.desk.access import DeskRequest, desk_view, visible_applications
from sincerely.desk.going_back import address_of
from sincerely.desk.mail import mail_or_404, mail_page
from sincerely.desk.mail_forms import AttachForm, NewApplicationForm
from sincerely.hiring.models import Job
from sincerely.inbound.by_a_person import attach as attach_to
from sincerely.inbound.by_a_person import dismiss, make_application
from sincerely.inbound.models import InboundMail
from sincerely.inbound.outcome import Sorted

SETTLED_BEFORE = "Somebody has settled this mail already."


@desk_view(recruits=True)
@require_POST
def attach(request: DeskRequest, mail_id: UUID) -> HttpResponse:
    """It belongs to the application with this reference."""
    mail, form = mail_or_404(request, mail_id), AttachForm(request.POST)
    if not form.is_valid():
        return mail_page(request, mail, attach=form)
    number = form.cleaned_data["reference"]
    application = visible_applications(request).for_page().filter(reference=number).first()
    if application is None:
        form.add_error("reference", "No application here has this reference.")
        return mail_page(request, mail, attach=form)
    made = attach_to(mail, application, by=request.user)
    done = f"Kept with {application.name}’s application."
    return _go_on(request, made, done, number)


@desk_view(recruits=True)
@require_POST
def new_application(request: DeskRequest, mail_id: UUID) -> HttpResponse:
    """It is an application: for this job, of this person."""
    mail = mail_or_404(request, mail_id)
    form = NewApplicationForm.about(request, mail, request.POST)
    if not form.is_valid():
        return mail_page(request, mail, new=form)
    given = form.cleaned_data
    job = Job.objects.select_related("employer", "recruiter").get(slug=given["job"])
    made = make_application(mail, job, name=given["name"], email=given["email"], by=request.user)
    application = visible_applications(request).filter(pk=made.application_id if made else None)
    number = application.values_list("reference", flat=True).first() or ""
    return _go_on(request, made, f"{given['name']} has applied, and gets a receipt.", number)


@desk_view(recruits=True)
@require_POST
def dismissal(request: DeskRequest, mail_id: UUID) -> HttpResponse:
    """It is nothing for us; with `all`, nor is the rest of this address."""
    mail = mail_or_404(request, mail_id)
    settled = dismiss(mail, by=request.user, all_of_sender="all" in request.POST)
    if settled:
        messages.success(request, "Put aside." if settled == 1 else f"{settled} mails put aside.")
    else:
        messages.info(request, SETTLED_BEFORE)
    return _to_inbox(request)


def _go_on(
    request: DeskRequest, made: Sorted | None, done: str, reference: str
) -> HttpResponseRedirect:
    """To the application; to the list when there is none."""
    if made is None:
        messages.info(request, SETTLED_BEFORE)
        return _to_inbox(request)
    if made.reason:
        messages.error(request, made.reason)
        return _to_inbox(request)
    messages.success(request, done)
    return (
        redirect(address_of("application", request, reference)) if reference else _to_inbox(request)
    )


def _to_inbox(request: DeskRequest) -> HttpResponseRedirect:
    waits = InboundMail.objects.for_a_person().of(request.employer).exists()
    return redirect("desk:mail" if waits else "desk:today", employer=request.employer.slug)

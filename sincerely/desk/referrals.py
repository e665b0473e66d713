"""Referring somebody for a job: the link for employees, and what came of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.going_back import go_back
from sincerely.desk.referral_lines import ReferralLine, lines
from sincerely.hiring.asking import forget_in_touch, note_in_touch
from sincerely.hiring.house import mail_domains
from sincerely.hiring.models import Application, CannotDo, Job, Referral, Vouch
from sincerely.hiring.referral_links import REFER_DAYS, refer_link

PER_PAGE = 25


@desk_view()
def referrals(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    found = (
        Referral.objects.filter(job=job.pk).order_by("-made_at", "-id").prefetch_related("vouches")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "job": job,
        "page": page,
        "rows": _rows(job, lines(request.employer, page)),
        "domains": mail_domains(request.employer),
    }
    if job.is_open:
        link = refer_link(job)
        context |= {"link": link, "pass_on": _mail_with(job, link), "days": REFER_DAYS}
    return render(request, "desk/referrals/page.html", context)


@desk_view(recruits=True)
def revocation(request: DeskRequest, slug: str, vouch_id: UUID) -> HttpResponse:
    """Nobody is sent to this colleague any more."""
    job = job_or_404(request, slug)
    vouch = get_object_or_404(Vouch, pk=vouch_id, referral__job=job.pk)
    if request.method == "POST":
        vouch.revoke(by=request.user)
        messages.success(request, f"{vouch.person} is named to nobody any more.")
    known = {"employer": request.employer.slug, "slug": slug}
    return go_back(request, reverse("desk:job_referrals", kwargs=known))


@desk_view(recruits=True)
def contact(request: DeskRequest, slug: str, vouch_id: UUID) -> HttpResponse:
    """The applicant was in touch with this colleague; or, with `answer=undo`, was not."""
    job = job_or_404(request, slug)
    rows = Vouch.objects.select_related("employer", "referral__job")
    vouch = get_object_or_404(rows, pk=vouch_id, referral__job=job.pk)
    application = vouch.referral.applications().for_page().first()
    known = {"employer": request.employer.slug, "slug": slug}
    if request.method == "POST" and application:
        try:
            _note_contact(request, application, vouch)
        except CannotDo as refusal:
            messages.error(request, str(refusal))
    return go_back(request, reverse("desk:job_referrals", kwargs=known))


def _note_contact(request: DeskRequest, application: Application, vouch: Vouch) -> None:
    if request.POST.get("answer") == "undo":
        forget_in_touch(application, by=request.user)
        messages.success(request, "Taken back, as if it had not been noted.")
        return
    note_in_touch(application, vouch, by=request.user)
    messages.success(request, f"Noted: {application.name} was in touch with {vouch.person}.")


def _rows(job: Job, shown: list[ReferralLine]) -> list[tuple[ReferralLine, str]]:
    """Each with the reference of the application that it led to, empty where there is none."""
    tied = [line.referral.application_id for line in shown if line.referral.application_id]
    theirs = Q(pk__in=tied) | Q(email__in=[line.referral.email for line in shown])
    known: dict[Any, str] = {}
    for key, email, reference in job.applications.filter(theirs).values_list(
        "pk", "email", "reference"
    ):
        known |= {key: reference, email: reference}
    return [
        (line, known.get(line.referral.application_id) or known.get(line.referral.email, ""))
        for line in shown
    ]


def _mail_with(job: Job, link: str) -> str:
    """A mailto: address with the link, for passing it on."""
    subject = f"Do you know somebody? {job.title}"
    body = f"We look for somebody: {job.title}. Do you know the right person?\n\n{link}\n"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"

"""The contact policy: whether, when and how applicants may ask; published, dated, never secret.

One editor behind two doors: for all jobs (admins), and for one job (who recruits for it).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.contact_form import ContactForm, JobContactForm
from sincerely.hiring import contact_setup
from sincerely.hiring.contact_setup import Change, PolicyFault
from sincerely.hiring.dates import in_words
from sincerely.hiring.models import CannotDo, Job, PolicyVersion
from sincerely.hiring.policy_history import history, jobs_with_their_own
from sincerely.hiring.policy_preview import preview_of


@desk_view(admin=True)
def contact(request: DeskRequest) -> HttpResponse:
    return _editor(request)


@desk_view(recruits=True)
def job_contact(request: DeskRequest, slug: str) -> HttpResponse:
    return _editor(request, job_or_404(request, slug))


@desk_view(admin=True)
def preview(request: DeskRequest) -> HttpResponse:
    return _preview(request)


@desk_view(recruits=True)
def job_preview(request: DeskRequest, slug: str) -> HttpResponse:
    return _preview(request, job_or_404(request, slug))


@desk_view(admin=True)
def removal(request: DeskRequest, version_id: UUID) -> HttpResponse:
    return _removal(request, version_id)


@desk_view(recruits=True)
def job_removal(request: DeskRequest, slug: str, version_id: UUID) -> HttpResponse:
    return _removal(request, version_id, job_or_404(request, slug))


def _editor(request: DeskRequest, job: Job | None = None) -> HttpResponse:
    form = _form(request, job)
    change = _read(request, form, job)
    if form.is_bound and change and _publish(request, form, change, job):
        return redirect(_address(request, job))
    return _page(request, form, change, job)


def _preview(request: DeskRequest, job: Job | None = None) -> HttpResponse:
    """What applicants would be told by what is typed now. Changes nothing."""
    if request.method != "POST":
        return redirect(_address(request, job))
    form = _form(request, job)
    change = _read(request, form, job)
    if not request.htmx:
        return _page(request, form, change, job)
    return render(request, "desk/contact/preview.html", _previewed(request, form, change, job))


def _removal(request: DeskRequest, version_id: UUID, job: Job | None = None) -> HttpResponse:
    """Take back a change that has not begun."""
    if request.method == "POST":
        try:
            contact_setup.take_back(request.employer, version_id, by=request.user, job=job)
            messages.success(request, "Taken back. It will not come into force.")
        except PolicyVersion.DoesNotExist as error:
            raise Http404 from error
        except CannotDo as refusal:
            messages.error(request, str(refusal))
    return redirect(_address(request, job))


def _form(request: DeskRequest, job: Job | None) -> ContactForm:
    kind = JobContactForm if job else ContactForm
    if request.method == "POST":
        return kind(request.POST)
    return kind(initial=contact_setup.fields_of(request.employer, job))


def _read(request: DeskRequest, form: ContactForm, job: Job | None) -> Change | None:
    """The change that the form asks for; None, with its errors noted, while it cannot be."""
    if form.is_bound and not form.is_valid():
        return None
    fields = form.cleaned_data if form.is_bound else form.initial
    try:
        return contact_setup.read_change(request.employer, fields, job)
    except PolicyFault as fault:
        if form.is_bound:
            form.add_error(fault.field if fault.field in form.fields else None, str(fault))
        return None


def _publish(request: DeskRequest, form: ContactForm, change: Change, job: Job | None) -> bool:
    try:
        changed = contact_setup.publish(request.employer, change, by=request.user, job=job)
    except PolicyFault as fault:
        form.add_error(fault.field, str(fault))
        return False
    messages.success(request, _published(change) if changed else "Nothing changed.")
    return True


def _page(
    request: DeskRequest, form: ContactForm, change: Change | None, job: Job | None
) -> HttpResponse:
    context = _previewed(request, form, change, job) | {
        "history": history(request.employer, job),
        "own": [] if job else jobs_with_their_own(request.employer),
        "address": _address(request, job),
        "preview_address": _address(request, job, "_preview"),
        "at": "contact",
    }
    return render(request, f"desk/contact/{'job' if job else 'settings'}.html", context)


def _previewed(
    request: DeskRequest, form: ContactForm, change: Change | None, job: Job | None
) -> dict[str, Any]:
    preview = preview_of(request.employer, change) if change else None
    return {"form": form, "job": job, "change": change, "preview": preview}


def _address(request: DeskRequest, job: Job | None, page: str = "") -> str:
    known = {"employer": request.employer.slug} | ({"slug": job.slug} if job else {})
    return reverse(f"desk:{'job' if job else 'settings'}_contact{page}", kwargs=known)


def _published(change: Change) -> str:
    begins = f"from {in_words(change.begins)} on" if change.begins else "from now on"
    said = f"Published. It holds for who applies {begins}"
    if change.ends:
        said += f", until {in_words(change.ends)}; after that, what held before"
    return f"{said}."

"""Somebody wrote to an employer's address for applications, and says here for which job."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.access import PublicRequest, employer_view, key_view
from sincerely.hiring.apply_addresses import open_jobs
from sincerely.hiring.links import BadLink
from sincerely.hiring.models import Job
from sincerely.inbound.applications import apply_for
from sincerely.inbound.by_a_person import no_application
from sincerely.inbound.models import InboundMail
from sincerely.inbound.which_job import mail_of_link

NONE = "none"
SENDER = "the sender"


class WhichJobForm(forms.Form):
    use_required_attribute = False
    job = forms.ChoiceField(
        label="Which job is it for?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Please choose one.",
            "invalid_choice": "This job is not open any more. Please choose another.",
        },
    )

    def __init__(self, jobs: list[Job], *args: Any) -> None:
        super().__init__(*args)
        choices = [(job.slug, _in_words(job)) for job in jobs]
        self.fields["job"].choices = [*choices, (NONE, "None: it is no application")]  # type: ignore[attr-defined]


# No CSRF token: the link is the only proof there is, and who has it may choose.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@key_view
@employer_view
def which_job(request: PublicRequest, token: str) -> HttpResponse:
    try:
        mail = mail_of_link(request.employer, token)
    except BadLink as error:
        raise Http404 from error
    context = {"mail": mail, "employer": request.employer, "is_asked": mail.is_asked}
    if not mail.is_asked:
        return render(request, "careers/which_job.html", context)
    form = WhichJobForm(open_jobs(request.employer), request.POST or None)
    if request.method == "POST" and form.is_valid():
        _choose(mail, form.cleaned_data["job"])
        return redirect(request.path)
    status = 422 if form.errors else 200
    return render(request, "careers/which_job.html", context | {"form": form}, status=status)


def _choose(mail: InboundMail, slug: str) -> None:
    """By whoever comes first; a second click finds it done."""
    if slug == NONE:
        no_application(mail)
        return
    job = Job.objects.select_related("employer", "recruiter").get(slug=slug)
    mail.settle(lambda row: apply_for(row, job), by=SENDER)


def _in_words(job: Job) -> str:
    return f"{job.title}, {job.location}" if job.location else job.title

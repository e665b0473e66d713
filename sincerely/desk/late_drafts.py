"""An application that came when the job was closed: read it, and let it count."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.desk.going_back import address_of
from sincerely.hiring.intake import accept_draft
from sincerely.hiring.models import Application, ApplicationDraft
from sincerely.kernel import clock


@desk_view(recruits=True)
def late_draft(request: DeskRequest, draft_id: UUID) -> HttpResponse:
    drafts = ApplicationDraft.objects.select_related("job__employer", "document")
    draft = get_object_or_404(drafts, pk=draft_id)
    if request.method != "POST":
        return render(request, "desk/late/page.html", {"draft": draft})
    try:
        application = accept_draft(draft)
        messages.success(request, f"{draft.name}’s application counts from the first try on.")
    except IntegrityError:
        # Accepted by somebody else meanwhile, or the same person applied in time as well.
        application = _already_there(draft)
        messages.info(request, f"{draft.name} has an application for this job already.")
    return redirect(address_of("application", request, application.reference))


def _already_there(draft: ApplicationDraft) -> Application:
    applications = Application.objects.filter(job_id=draft.job_id)
    application = applications.filter(pk=draft.pk).first()
    application = application or applications.get(candidate__email=draft.email)
    ApplicationDraft.objects.filter(pk=draft.pk, settled_at=None).update(settled_at=clock.now())
    return application

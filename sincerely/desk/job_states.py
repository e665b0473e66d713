"""Opening, pausing and opening a job again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sincerely.desk.access import DeskRequest, desk_view, job_or_404
from sincerely.desk.going_back import go_back
from sincerely.hiring.models import CannotDo

SAID = {
    "open": "is open. It is on your careers page now.",
    "reopen": "is open again.",
    "pause": "is paused. It takes no applications; those that are in go on.",
}


@desk_view(recruits=True)
def state(request: DeskRequest, slug: str) -> HttpResponse:
    job = job_or_404(request, slug)
    board = reverse("desk:board", args=[request.employer.slug, slug])
    wanted = request.POST.get("to", "")
    if request.method != "POST" or wanted not in SAID:
        return redirect(board)
    try:
        if wanted == "pause":
            job.pause(by=request.user)
        else:
            job.open(by=request.user)
        messages.success(request, f"{job.title} {SAID[wanted]}")
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    return go_back(request, board)

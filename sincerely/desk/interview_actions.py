"""What is done with an interview at the desk, each by one press or one short form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of, go_back
from sincerely.desk.interview_plan import interview_or_404, without_key
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.interview_answers import LATE_MINUTES, running_late
from sincerely.hiring.interview_mail import text_of
from sincerely.hiring.interview_outcome import did_not_take_place, stands, took_place
from sincerely.hiring.interviews import cancel, undo
from sincerely.hiring.models import CannotDo, Interview
from sincerely.kernel.text import one_line

LONGEST_LINE = 1_000


@desk_view(recruits=True)
def cancellation(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    """Ask on GET, with the message that goes out; cancel on POST."""
    application = application_or_404(request, reference)
    interview = interview_or_404(application, interview_id)
    line = one_line(request.POST.get("line", ""))[:LONGEST_LINE]
    if request.method == "POST" and "look" not in request.POST:
        said = f"The {interview.named} is cancelled, and {application.name} is told."
        return _done(
            request, interview, lambda: cancel(interview, by=request.user, line=line), said
        )
    due_on = date_to_promise(interview.employer, interview.stage.promise_days)
    people = interview.members()
    known: dict[str, Any] = {"people": people, "due_on": due_on, "personal_line": line}
    context = {
        "application": application,
        "interview": interview,
        "line": line,
        "longest": LONGEST_LINE,
        "wording": without_key(text_of(interview, "interview_cancelled", **known), application),
    }
    return render(request, "desk/interviews/cancellation.html", context)


@desk_view(recruits=True)
def taken_back(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    interview = interview_or_404(application_or_404(request, reference), interview_id)
    said = "Taken back; nothing was sent."
    return _done(request, interview, lambda: undo(interview, by=request.user), said)


@desk_view(recruits=True)
def standing(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    """Somebody talked with whoever asked for another time."""
    interview = interview_or_404(application_or_404(request, reference), interview_id)
    said = "It stands as it is; the talk is logged."
    return _done(request, interview, lambda: stands(interview, by=request.user), said)


@desk_view()
def late(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    interview = interview_or_404(application_or_404(request, reference), interview_id)
    minutes = request.POST.get("minutes", "")

    def act() -> None:
        if minutes not in map(str, LATE_MINUTES):
            raise CannotDo("Say 5, 10 or 20 minutes.")
        running_late(interview, int(minutes), by=request.user)

    return _done(request, interview, act, f"{interview.application.name} is told.")


@desk_view()
def outcome(request: DeskRequest, reference: str, interview_id: UUID) -> HttpResponse:
    """It took place, or it did not."""
    interview = interview_or_404(application_or_404(request, reference), interview_id)
    did = request.POST.get("outcome") != "did_not"
    act = took_place if did else did_not_take_place
    said = "Noted: it took place." if did else "Noted: it did not take place."
    return _done(request, interview, lambda: act(interview, by=request.user), said)


def _done(
    request: DeskRequest, interview: Interview, act: Callable[[], Any], said: str
) -> HttpResponse:
    """Act and say so, or why not; looking at the address changes nothing, and leads to the page."""
    try:
        if request.method == "POST":
            act()
            messages.success(request, said)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    default = address_of("application", request, interview.application.reference) + "#interviews"
    return go_back(request, default) if request.POST.get("next") else redirect(default)

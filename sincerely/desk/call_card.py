"""The call card: what may be said to a caller, what must not, and what this call counts as."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.contact_words import caller_words
from sincerely.desk.event_words import lines
from sincerely.desk.going_back import address_of, go_back
from sincerely.desk.recordings import by_follow_up
from sincerely.desk.referral_lines import lines_about
from sincerely.desk.visibility import may_be_told, may_take_back, visible_events
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application
from sincerely.hiring.reaching import unreached
from sincerely.hiring.receipt_words import receipt_of
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7


@desk_view()
def call_card(request: DeskRequest, reference: str) -> HttpResponse:
    return answer(request, application_or_404(request, reference))


def card(request: DeskRequest, application: Application) -> dict[str, Any]:
    """What the card shows, read afresh."""
    held = held_decision(application)
    status = status_of(application)
    employer = application.employer
    return {
        "application": application,
        "alone": is_alone(request, address_of("call_card", request, application.reference)),
        "status": status,
        "held": held,
        "may_undo": held is not None and may_take_back(request, held),
        "referrals": lines_about(application),
        "lines": lines(visible_events(request, application)[:3]),
        "receipt": None if application.email else receipt_of(application),
        "today": clock.today(employer.time_zone),
        "next_date": date_to_promise(employer, application.stage.promise_days),
        "may_tell": may_be_told(held) and (status.ended is None or not application.closure.told_at),  # type: ignore[union-attr]
        "form_key": uuid7,  # one for each form
        **_for_recruiters(request, application),
    }


def answer(request: DeskRequest, application: Application, **more: Any) -> HttpResponse:
    """The card for the side panel, or a page of its own."""
    template = "desk/call/card.html" if request.htmx else "desk/call/page.html"
    return render(request, template, card(request, application) | more)


def done(
    request: DeskRequest, application: Application, text: str, *, undo: str = ""
) -> HttpResponse:
    """The fresh card in place, and what was done with the address that undoes it; without
    JavaScript, back to the page the form stood on."""
    if request.htmx:
        fresh = application_or_404(request, application.reference)
        return answer(request, fresh, toast=text, undo_address=undo)
    messages.success(request, text, extra_tags=f"undo={undo}" if undo else "")
    came_from = "application" if request.POST.get("from") == "application" else "call_card"
    return go_back(request, address_of(came_from, request, application.reference))


def is_alone(request: DeskRequest, page: str) -> bool:
    """On the page of its own at this path, not in the side panel of another one."""
    return not request.htmx or urlsplit(request.htmx.current_url_abs_path or "").path == page


def _for_recruiters(request: DeskRequest, application: Application) -> dict[str, Any]:
    """How often somebody called, and their address, are nothing to judge an applicant by."""
    if not request.membership.recruits:
        return {}
    advice = contact_advice(application)
    spoken = by_follow_up(advice.follow_ups)
    return {
        "advice": advice,
        "caller": caller_words(advice),
        "recordings": [each for found in spoken.values() for each in found],
        "unreached": unreached(application),
    }

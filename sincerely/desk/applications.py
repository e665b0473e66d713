"""One application on one page: the resume, what was decided, what was told, what happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sincerely.desk.access import (
    DeskRequest,
    application_or_404,
    desk_view,
    visible_applications,
)
from sincerely.desk.delivery_words import way
from sincerely.desk.event_words import lines
from sincerely.desk.follow_up_words import CHANNELS, TOPICS
from sincerely.desk.interview_lines import lines_of
from sincerely.desk.recordings import grouped, recordings_of
from sincerely.desk.referral_lines import lines_about, source_of
from sincerely.desk.visibility import may_take_back, visible_events
from sincerely.documents.models import Document
from sincerely.hiring.adding import WITH_A_FILE
from sincerely.hiring.held import held_decision
from sincerely.hiring.legal_clocks import told_by_law
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Recording
from sincerely.hiring.reaching import unreached
from sincerely.hiring.receipt_words import ReceiptWords, slip_words
from sincerely.hiring.scoring import scoring_for
from sincerely.hiring.status import status_of
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from sincerely.outbox.proof import no_report_to_come

MOST_EVENTS = 100
MOST_FOLLOW_UPS = 20


@desk_view()
def application(request: DeskRequest, reference: str) -> HttpResponse:
    shown = application_or_404(request, reference)
    context = _page(request, shown)
    if request.membership.recruits:
        context["sent"] = _messages(shown)
        context["unreached"] = unreached(shown)
        recordings = recordings_of(shown)
        context["follow_ups"] = _follow_ups(shown, recordings)
        context["more_recordings"] = [each for each in recordings if not each.follow_up_id]
    return render(request, "desk/application/page.html", context)


def _page(request: DeskRequest, application: Application) -> dict[str, Any]:
    held, closure = held_decision(application), application.closure
    now = clock.now()
    events = list(visible_events(request, application)[:MOST_EVENTS])
    referrals = lines_about(application)
    return {
        "application": application,
        "closure": closure,
        "no_report": no_report_to_come(closure.message if closure else None),
        "status": status_of(application),
        "held": held,
        "may_undo": held is not None and may_take_back(request, held),
        "lines": lines(events),
        "receipt": _slip(application, events),
        "more_documents": _more_documents(application, events),
        "meetings": (meetings := lines_of(application)),
        "may_plan": bool(application.is_open and application.stage.kind)
        and not any(line.is_on for line in meetings),
        "reviews": application.reviews.select_related("identity", "stage").order_by("-at"),
        "by_law": told_by_law(application),
        "scoring": scoring_for(application, request.user),
        "referrals": referrals,
        "source": source_of(application, referrals),
        "others": _other_applications(request, application),
        "days_in_stage": (
            timezone.localdate(now) - timezone.localdate(application.stage_since)
        ).days,
        "today": clock.today(application.employer.time_zone),
        "may_decide": application.is_open,
        "recruits": request.membership.recruits,
    }


def _messages(application: Application) -> list[dict[str, Any]]:
    """Each message with its way; `editable` while it is held for undo.

    The link to the status page is left out of the text: who has it can withdraw in the applicant's
    name.
    """
    token = status_token(application)
    sent = application.messages().prefetch_related("deliveries").newest_first()
    return [
        {
            "message": message,
            "text": message.text.replace(token, "…"),
            "way": way(message),
            "editable": message.is_held(clock.now()),
        }
        for message in sent
    ]


def _slip(application: Application, events: list[Event]) -> ReceiptWords | None:
    """How the newest slip reached them, if one did."""
    given = next((event for event in events if event.kind == "slip_given"), None)
    return slip_words(given, application) if given else None


def _follow_ups(application: Application, recordings: list[Recording]) -> list[dict[str, Any]]:
    """What the applicant asked, newest first, with what became of each; `undoable` while a reply
    is held."""
    spoken = grouped(recordings)
    asked = application.follow_ups.for_page().order_by("-at")[:MOST_FOLLOW_UPS]
    return [
        {
            "follow_up": each,
            "topic": TOPICS[each.topic],
            "channel": CHANNELS[each.channel],
            "recordings": spoken.get(each.pk, []),
            "undoable": each.reply is not None and each.reply.is_held(clock.now()),
        }
        for each in asked
    ]


def _more_documents(application: Application, events: list[Event]) -> list[Document]:
    """Files that came later, but for the one that is the resume."""
    named = {event.data.get("document") for event in events if event.kind in WITH_A_FILE}
    ids = named - {None, "", str(application.document_id)}
    return list(Document.objects.filter(pk__in=ids).order_by("received_at")) if ids else []


def _other_applications(request: DeskRequest, application: Application) -> Any:
    """The same person's applications for other jobs that this member may see."""
    others = visible_applications(request).filter(candidate=application.candidate_id)
    return others.exclude(pk=application.pk).select_related("job").order_by("-applied_at")[:10]

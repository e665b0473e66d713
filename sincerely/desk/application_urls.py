"""Today, the look-up, people, and everything about one application."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import (
    addresses,
    applications,
    call_card,
    call_log,
    decisions,
    documents,
    front_desk,
    held_messages,
    holds,
    ledger,
    link_for_caller,
    lookup,
    people,
    recordings,
    scorecards,
    slips,
    today,
)

_ONE = "applications/<str:reference>/"

urlpatterns = [
    path("", today.today, name="today"),
    path("holds/", holds.holds, name="holds"),
    path("holds/end/", holds.show_all, name="holds_end"),
    path("holds/<uuid:hold_id>/undo/", holds.undo, name="hold_undo"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("link/", link_for_caller.link_for_caller, name="link_for_caller"),
    path("people/", people.people, name="people"),
    path("addresses/", addresses.addresses, name="addresses"),
    path("addresses/<uuid:suppression_id>/lifting/", addresses.address_again, name="address_again"),
    path("front-desk/", front_desk.front_desk, name="front_desk"),
    path(_ONE, applications.application, name="application"),
    path(f"{_ONE}call/", call_card.call_card, name="call_card"),
    path(f"{_ONE}calls/", call_log.calls, name="calls"),
    path(f"{_ONE}calls/<uuid:call_id>/undo/", call_log.call_undo, name="call_undo"),
    path(f"{_ONE}address/", addresses.another_address, name="another_address"),
    path(f"{_ONE}link/", link_for_caller.link_to_applicant, name="link_to_applicant"),
    path(f"{_ONE}notes/", call_log.notes, name="notes"),
    path(f"{_ONE}closure/", decisions.closure, name="closure"),
    path(f"{_ONE}slip/", slips.slip, name="slip"),
    path(f"{_ONE}slip/handover/", slips.handover, name="slip_handover"),
    path(f"{_ONE}undo/", decisions.undo, name="undo"),
    path(f"{_ONE}review/", decisions.review, name="review"),
    path(f"{_ONE}scorecard/", scorecards.scorecard, name="scorecard"),
    path(f"{_ONE}scorecard/aside/", scorecards.standing_aside, name="scorecard_aside"),
    path(f"{_ONE}scorecard/asked/", scorecards.scorecard_requests, name="scorecard_requests"),
    path(f"{_ONE}messages/<uuid:message_id>/", held_messages.held_message, name="held_message"),
    path(f"{_ONE}recordings/<uuid:recording_id>/", recordings.recording, name="recording"),
    path(f"{_ONE}ledger.csv", ledger.ledger, {"kind": "csv"}, name="ledger_csv"),
    path(f"{_ONE}ledger.json", ledger.ledger, {"kind": "json"}, name="ledger_json"),
    path(f"{_ONE}documents/<uuid:document_id>/", documents.original, name="document"),
]

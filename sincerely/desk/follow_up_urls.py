"""What applicants asked and a person has to answer."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import follow_up_answers, follow_ups

_ONE = "follow-ups/<uuid:follow_up_id>/"

urlpatterns = [
    path("follow-ups/", follow_ups.inbox, name="follow_ups"),
    path("follow-ups/focus/", follow_ups.focus, name="follow_ups_focus"),
    path(_ONE, follow_up_answers.follow_up, name="follow_up"),
    path(f"{_ONE}preview/", follow_up_answers.preview, name="follow_up_preview"),
    path(f"{_ONE}reply/", follow_up_answers.reply, name="follow_up_reply"),
    path(f"{_ONE}settlement/", follow_up_answers.settlement, name="follow_up_settlement"),
    path(f"{_ONE}undo/", follow_up_answers.undo, name="follow_up_undo"),
]

"""Interviews: the list, and everything about one of them."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import interview_actions, interview_plan, interviews

_ALL = "applications/<str:reference>/interviews/"
_ONE = f"{_ALL}<uuid:interview_id>/"

urlpatterns = [
    path("interviews/", interviews.interviews, name="interviews"),
    path(f"{_ALL}new/", interview_plan.plan, name="interview_plan"),
    path(f"{_ONE}date/", interview_plan.date, name="interview_date"),
    path(f"{_ONE}cancellation/", interview_actions.cancellation, name="interview_cancellation"),
    path(f"{_ONE}undo/", interview_actions.taken_back, name="interview_undo"),
    path(f"{_ONE}standing/", interview_actions.standing, name="interview_standing"),
    path(f"{_ONE}late/", interview_actions.late, name="interview_late"),
    path(f"{_ONE}outcome/", interview_actions.outcome, name="interview_outcome"),
]

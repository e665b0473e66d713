"""Jobs, their boards, and moving an application from stage to stage."""

from __future__ import annotations

from django.urls import path

from sincerely.desk import (
    board,
    bulk,
    closing,
    closing_people,
    closing_progress,
    contact_policy,
    job_forms,
    job_states,
    jobs,
    moves,
    referrals,
    too_late,
)

_ONE = "jobs/<slug:slug>/"
_APPLICATION = "applications/<str:reference>/"

urlpatterns = [
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/new/", job_forms.new_job, name="job_new"),
    path(_ONE, board.board, name="board"),
    path(f"{_ONE}edit/", job_forms.edit_job, name="job_edit"),
    path(f"{_ONE}state/", job_states.state, name="job_state"),
    path(f"{_ONE}ended/", board.ended, name="job_ended"),
    path(f"{_ONE}stages/<uuid:stage_id>/", board.column, name="column"),
    path(f"{_ONE}closing/", closing.closing, name="job_closing"),
    path(f"{_ONE}closing/preview/", closing.preview, name="job_closing_preview"),
    path(f"{_ONE}closing/people/", closing_people.people, name="job_closing_people"),
    path(f"{_ONE}closing/progress/", closing_progress.progress, name="job_closing_progress"),
    path(f"{_ONE}contact/", contact_policy.job_contact, name="job_contact"),
    path(f"{_ONE}contact/preview/", contact_policy.job_preview, name="job_contact_preview"),
    path(
        f"{_ONE}contact/<uuid:version_id>/removal/",
        contact_policy.job_removal,
        name="job_contact_removal",
    ),
    path(f"{_ONE}drafts/", too_late.drafts, name="job_drafts"),
    path(f"{_ONE}drafts/<uuid:draft_id>/", too_late.draft, name="job_draft"),
    path(f"{_ONE}referrals/", referrals.referrals, name="job_referrals"),
    path(
        f"{_ONE}vouches/<uuid:vouch_id>/revocation/", referrals.revocation, name="vouch_revocation"
    ),
    path(f"{_ONE}vouches/<uuid:vouch_id>/contact/", referrals.contact, name="vouch_contact"),
    path("decisions/", bulk.decide, name="bulk"),
    path("decisions/<uuid:decision_id>/undo/", bulk.undo, name="bulk_undo"),
    path(f"{_APPLICATION}move/", moves.move, name="move"),
    path(f"{_APPLICATION}move/preview/", moves.preview, name="move_preview"),
]

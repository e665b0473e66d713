"""What became of an interview: it took place, it did not, or it stands whatever was asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sincerely.hiring.interview_steps import lock, note, settle_notices, take_off
from sincerely.hiring.models import CannotDo, Interview, InterviewCancellation
from sincerely.kernel import clock


def took_place(interview: Interview, *, by: Any) -> None:
    """Somebody says that it did; a second time changes nothing. Raises CannotDo before its time."""
    with transaction.atomic():
        lock(interview)
        if interview.took_place_at:
            return
        if not interview.has_begun or not interview.is_standing():
            raise CannotDo(f"The {interview.named} has not begun yet, or is off.")
        interview.took_place_at = clock.now()
        interview.save(update_fields=["took_place_at"])
        settle_notices(interview)
        note(interview, "interview_took_place", by=by)


def did_not_take_place(interview: Interview, *, by: Any) -> None:
    """Its time has come and nobody met. The applicant is owed what they were promised, as before;
    other times may be offered."""
    with transaction.atomic():
        lock(interview)
        if not interview.is_standing():
            return
        if not interview.has_begun or interview.took_place_at:
            raise CannotDo(f"The {interview.named} has not begun yet, or it did take place.")
        take_off(interview, InterviewCancellation.Reason.DID_NOT, by=by)
        settle_notices(interview)
        note(interview, "interview_did_not", by=by)


def stands(interview: Interview, *, by: Any) -> None:
    """Somebody talked with the applicant: the date, or the offer, stands as it is."""
    with transaction.atomic():
        lock(interview)
        if settle_notices(interview):
            note(interview, "interview_stands", by=by)

"""What became of an interview: it took place, it did not, or it stands whatever was asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sincerely.hiring.interview_dates import date_after_offer, date_of_answer
from sincerely.hiring.interview_steps import lock, note, settle_notices, take_off
from sincerely.hiring.models import Call, CannotDo, Interview, InterviewCancellation
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
    """Somebody talked with whoever asked: the date, or the offer, stands as it is. A talk with the
    applicant is logged as a call, by which they know when they hear next."""
    with transaction.atomic():
        lock(interview)
        application = interview.application
        application.require_open()
        asked_by_applicant = interview.notices.open().of_applicant().exists()
        if not settle_notices(interview):
            return
        if not asked_by_applicant:
            return note(interview, "interview_stands", by=by)
        has_date = interview.starts_at is not None
        due_on = date_of_answer(interview) if has_date else date_after_offer(interview)
        known = {"by_us": True, "told": True, "due_on": due_on}
        text = f"We talked about the {interview.named}: it stands as it is."
        application.log_call(Call.Kind.CALL, by=by, note=text, **known)

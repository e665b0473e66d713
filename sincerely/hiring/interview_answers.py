"""Interviews: what the applicant does with them, on their page or by answering the invitation; and
what interviewers answer.

While an end is held nothing may tell of it: so all of this goes as it would without.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from sincerely.accounts.models import Membership
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.interview_clashes import taken_slots
from sincerely.hiring.interview_dates import date_of_answer, set_date
from sincerely.hiring.interview_ending import join_held_end
from sincerely.hiring.interview_mail import invitation, tell
from sincerely.hiring.interview_steps import lock, note, settle_notices
from sincerely.hiring.interview_team_mail import tell_of_applicant, tell_team
from sincerely.hiring.interview_words import span_words, when_words
from sincerely.hiring.models import (
    Application,
    CannotDo,
    Interview,
    Interviewer,
    InterviewNotice,
    InterviewSlot,
    Promise,
)
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.models.interview import Response
from sincerely.hiring.models.interview_notice import Said
from sincerely.hiring.models.promise import Outcome
from sincerely.kernel import clock
from sincerely.outbox.models import Message

LONGEST_TEXT = 2_000
ANSWER_WITHIN = 2  # business days
LATE_MINUTES = (5, 10, 20)
LATE_FROM = dt.timedelta(hours=2)
# One press may be followed by a worse one; beyond that it is a matter for the phone.
MOST_LATE = 5


class SlotGone(CannotDo):
    """That time cannot be picked any more; others perhaps can."""


def pick(interview: Interview, slot_id: UUID) -> None:
    """The applicant takes one of the times offered; the same one twice changes nothing.

    Raises SlotGone for a time that passed or was taken meanwhile, CannotDo for what else cannot be.
    """
    with transaction.atomic():
        _lock_shown(interview)
        slot = interview.slots.filter(pk=slot_id).first()
        if interview.starts_at:
            _require_the_same(interview, slot)
            return
        _require_free(interview, slot)
        set_date(interview, slot.starts_at)
        interview.save(update_fields=["starts_at", "ends_at", "agreed_at", "wake_at"])
        settle_notices(interview)
        due_on = date_of_answer(interview)
        message = tell(interview, "interview_picked", calendar=invitation(interview), due_on=due_on)
        _promise(interview, due_on, message)
        note(interview, "interview_picked", by=APPLICANT)
        if interview.application.is_open:
            tell_team(interview, "interviewer_invited")
        else:
            join_held_end(interview)


def ask_another(
    interview: Interview, text: str, *, wanted_at: dt.datetime | None = None
) -> InterviewNotice:
    """None of the times suits, or the agreed one does not any more: a person offers others.

    Uses up no follow-up. An agreed date may be changed so once; raises CannotDo after that, with
    the way to reach somebody.
    """
    with transaction.atomic():
        _lock_shown(interview)
        if interview.starts_at and has_changed_once(interview):
            raise CannotDo(
                "You have asked for another date once already. To change it again: "
                + contact_policy(interview.application)
            )
        return _ask(interview, Said.ANOTHER_TIME, text, wanted_at=wanted_at)


def decline(interview: Interview, text: str = "") -> InterviewNotice | None:
    """The applicant answers the invitation with no; a second time adds nothing."""
    with transaction.atomic():
        _lock_shown(interview)
        if interview.notices.open().filter(said=Said.DECLINED).exists():
            return None
        return _ask(interview, Said.DECLINED, text)


def accept(interview: Interview) -> None:
    """The applicant answers the invitation with yes; what they asked for before stays asked."""
    with transaction.atomic():
        _lock_shown(interview)
        before = interview.notices.of_applicant().filter(said=Said.ACCEPTED)
        if not before.filter(at__gte=interview.agreed_at).exists():
            _say(interview, Said.ACCEPTED)
            note(interview, "interview_accepted", by=APPLICANT)


def respond(interviewer: Interviewer, response: Response, text: str = "") -> None:
    """What an interviewer answered to the invitation. A no needs a person, too."""
    interview = interviewer.interview
    with transaction.atomic():
        lock(interview)
        changed = Interviewer.objects.filter(pk=interviewer.pk).exclude(response=response)
        if not changed.update(response=response):
            return
        name = str(interviewer.identity)
        if response == Response.DECLINED:
            data = {"by": name, "text": text[:LONGEST_TEXT], "is_applicants": False}
            interview.notices.create(said=Said.DECLINED, **data)
        data = {"response": str(response), "text": text[:LONGEST_TEXT]}
        note(interview, "interviewer_answered", by=interviewer.identity, **data)


def running_late(interview: Interview, minutes: int, *, by: Any = APPLICANT) -> None:
    """Somebody comes later: the other side is told at once. The same again says nothing new."""
    with transaction.atomic():
        own = by == APPLICANT
        if own:
            _lock_shown(interview)
        else:
            lock(interview)
            interview.application.require_open()
        _require_about_to_begin(interview)
        said = interview.notices.filter(said=Said.LATE, is_applicants=own)
        if (last := said.order_by("-at").first()) and last.minutes == minutes:
            return
        if said.count() >= MOST_LATE:
            raise CannotDo("That was said often enough. Call, if you can.")
        _say(interview, Said.LATE, by=by, minutes=minutes, is_applicants=own)
        note(interview, "interview_late", by=by, minutes=minutes)
        if not own:
            tell(interview, "interview_late", late=str(minutes))
        elif interview.application.is_open:
            name = interview.application.name
            tell_of_applicant(interview, f"{name} is running about {minutes} minutes late.")


def has_changed_once(interview: Interview) -> bool:
    """Whether the applicant has asked for another date than an agreed one before, in this stage."""
    asked = InterviewNotice.objects.of_applicant().filter(
        interview__application=interview.application_id,
        interview__stage=interview.stage_id,
        said=Said.ANOTHER_TIME,
        was_agreed=True,
    )
    return bool(asked.exists())


def may_say_late(interview: Interview) -> bool:
    """From two hours before it begins until it ends."""
    if interview.starts_at is None or interview.ends_at is None:
        return False
    return interview.starts_at - LATE_FROM <= clock.now() < interview.ends_at


def _ask(
    interview: Interview, said: Said, text: str, *, wanted_at: dt.datetime | None = None
) -> InterviewNotice:
    if interview.is_over:
        raise CannotDo("That date is over. Write to us about it instead.")
    application = interview.application
    words = text.strip()[:LONGEST_TEXT]
    row = _say(interview, said, text=words, wanted_at=wanted_at)
    due_on = _soon(interview)
    asked = words or (f"Could it be {span_words(interview, wanted_at)}?" if wanted_at else "")
    told = tell(interview, "interview_asked", due_on=due_on, asked=asked or "You cannot come.")
    # The date after the interview depended on an interview that may be no more.
    later = application.promises.open().filter(due_on__gt=due_on, shown_at__lte=clock.now())
    later.update(outcome=Outcome.REPLACED, settled_at=clock.now())
    _promise(interview, due_on, told)
    note(interview, "interview_asked", by=APPLICANT, said=str(said), text=words)
    if interview.starts_at and application.is_open:
        # Not why: that is nothing to judge an applicant by.
        tell_of_applicant(interview, f"{application.name} asked for another time.")
    return row


def _say(interview: Interview, said: Said, *, by: Any = APPLICANT, **more: Any) -> Any:
    known: dict[str, Any] = {"is_applicants": True, "was_agreed": interview.starts_at is not None}
    return interview.notices.create(said=said, by=str(by), **known | more)


def _soon(interview: Interview) -> dt.date:
    """Within ANSWER_WITHIN, and no later than they know already."""
    soon = date_to_promise(interview.employer, ANSWER_WITHIN)
    known = interview.application.promises.shown().first()
    today = clock.today(interview.employer.time_zone)
    return min(soon, known.due_on) if known and known.due_on >= today else soon


def _promise(interview: Interview, due_on: dt.date, message: Message | None) -> None:
    """The page tells of it at once, with or without a mail. An end that is held settles it with
    the rest, as if it had been given before."""
    application = interview.application
    closure = application.closure
    made_at = min(clock.now(), closure.at) if closure else clock.now()
    told = {"stage": application.stage, "shown_at": clock.now(), "message": message}
    Promise.made(application, due_on, made_at=made_at, **told).save(force_insert=True)
    application.due_on = due_on
    application.save(update_fields=["due_on"])


def _lock_shown(interview: Interview) -> None:
    """Raises CannotDo for what is not the applicant's to change any more."""
    lock(interview)
    if not _is_running(interview.application):
        raise CannotDo("This application has ended.")
    if interview.took_place_at or not interview.is_shown or not interview.is_standing():
        raise CannotDo("This does not stand any more. What stands now is on this page.")


def _is_running(application: Application) -> bool:
    """As far as the applicant may know."""
    closure = application.closure
    return closure is None or closure.shown_at > clock.now()


def _require_the_same(interview: Interview, slot: InterviewSlot | None) -> None:
    if slot is None or slot.starts_at != interview.starts_at:
        raise CannotDo(
            f"You have picked already: {when_words(interview)}. If that does not suit you any "
            "more, ask for another time."
        )


def _require_free(interview: Interview, slot: InterviewSlot | None) -> None:
    if slot is None:
        raise SlotGone("This time is not offered any more. Pick one of those that are.")
    if slot.starts_at <= clock.now():
        raise SlotGone("This time has passed. Pick another one, or say that none suits you.")
    # Two who pick at once wait for each other here.
    people = [person.identity_id for person in interview.people.all()]
    members = Membership.objects.filter(employer=interview.employer, identity__in=people)
    list(members.select_for_update(no_key=True).order_by("id").values_list("pk", flat=True))
    if slot.pk in taken_slots(interview):
        raise SlotGone("This time has just been taken. Pick another one, or say that none suits.")


def _require_about_to_begin(interview: Interview) -> None:
    if not may_say_late(interview):
        raise CannotDo("It begins later, or is over: nobody waits for you now.")

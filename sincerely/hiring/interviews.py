"""Interviews: what the desk does with them. Each verb locks the application, writes what it tells,
and records one Event.

What is new (times offered, a date entered) is held for the undo window like any decision; a change
to what the applicant knows already is told at once. A message with a date of its own is a promise:
after the interview they hear by the stage's days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Identity
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.interview_dates import (
    date_after_offer,
    date_of_answer,
    is_near,
    set_date,
    suggested_pick_by,
)
from sincerely.hiring.interview_mail import invitation, tell, withdrawn_invitation
from sincerely.hiring.interview_steps import (
    forget_read,
    lock,
    note,
    promise,
    settle_notices,
    take_off,
)
from sincerely.hiring.interview_team_mail import take_back_team_mail, tell_team
from sincerely.hiring.interview_words import when_words
from sincerely.hiring.letters import take_back
from sincerely.hiring.models import (
    Application,
    CannotDo,
    Interview,
    InterviewCancellation,
    Interviewer,
    InterviewSlot,
)
from sincerely.hiring.overtaking import overtake, tell_after_all
from sincerely.hiring.quiet_hours import shown_at
from sincerely.kernel import clock

MOST_SLOTS = 3
FURTHEST = dt.timedelta(days=365)
Reason = InterviewCancellation.Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """How an interview is held: `where` is a number, a link or an address, by the `way`; `line` is
    what is written to this one person."""

    way: str
    where: str
    minutes: int
    people: Sequence[Identity]
    line: str = ""


def propose(
    application: Application,
    plan: Plan,
    starts: Iterable[dt.datetime],
    *,
    by: Any,
    pick_by: dt.date | None = None,
    instead_of: Interview | None = None,
) -> Interview:
    """Offer up to MOST_SLOTS times (aware) to pick from. `instead_of` is an interview of the same
    application that these take the place of.

    Raises CannotDo without an e-mail address, in a stage without interviews, for times that have
    passed, and while another interview is under way.
    """
    starts = sorted(set(starts))
    with transaction.atomic():
        require_free(application.lock(), besides=instead_of)
        if not application.email:
            raise CannotDo(
                f"{application.name} has no e-mail address. Agree on a time by phone and enter it."
            )
        if not 1 <= len(starts) <= MOST_SLOTS:
            raise CannotDo(f"Offer one, two or {MOST_SLOTS} times.")
        for start in starts:
            _require_ahead(start)
        draft = drafted(application, plan, pick_by=pick_by or suggested_pick_by(application))
        draft.by = str(by)
        return _offer(draft, plan, starts, by=by, instead_of=instead_of)


def schedule(application: Application, plan: Plan, start: dt.datetime, *, by: Any) -> Interview:
    """Enter a date that was agreed, on the phone for example; tells everybody.

    Raises CannotDo like `propose`, except that nobody needs an address: then nobody is told.
    """
    with transaction.atomic():
        require_free(application.lock())
        _require_ahead(start)
        interview = drafted(application, plan)
        interview.by = str(by)
        set_date(interview, start)
        _save_new(interview, plan, "interview_scheduled")
        due_on = date_of_answer(interview)
        interview.message = tell(
            interview,
            "interview_scheduled",
            hold=application.employer.undo_window,
            calendar=invitation(interview),
            due_on=due_on,
            personal_line=plan.line,
        )
        interview.save(update_fields=["message"])
        promise(interview, due_on, interview.message, interview.shown_at)
        tell_team(interview, "interviewer_invited", hold_until=interview.shown_at)
        note(interview, "interview_scheduled", by=by)
    return interview


def move(interview: Interview, plan: Plan, start: dt.datetime, *, by: Any) -> None:
    """Another date, place or company for an interview with a date; everybody is told at once, and
    calendars change the entry they have."""
    with transaction.atomic():
        lock(interview)
        _require_changeable(interview)
        _require_ahead(start)
        if interview.starts_at is None:
            raise CannotDo("No date is agreed yet. Offer other times instead.")
        earlier_when, earlier = when_words(interview), interview.starts_at
        stay, gone, new = _change_people(interview, plan.people)
        tell_team(interview, "interviewer_cancelled", people=gone, is_urgent=is_near(earlier))
        Interviewer.objects.filter(pk__in=[person.pk for person in gone]).delete()
        interview.way, interview.where, interview.minutes = plan.way, plan.where, plan.minutes
        interview.sequence += 1
        set_date(interview, start)
        interview.save()
        forget_read(interview)
        due_on = date_of_answer(interview)
        message = tell(
            interview,
            "interview_moved",
            calendar=invitation(interview),
            near=min(earlier, start),
            due_on=due_on,
            earlier_when=earlier_when,
            personal_line=plan.line,
        )
        promise(interview, due_on, message, clock.now())
        tell_team(interview, "interviewer_moved", people=stay, is_urgent=is_near(earlier))
        tell_team(interview, "interviewer_invited", people=new, is_urgent=is_near(start))
        settle_notices(interview)
        note(interview, "interview_moved", by=by, earlier=earlier_when)


def cancel(interview: Interview, *, by: Any, line: str = "") -> None:
    """It does not take place; everybody is told at once, and the application goes on."""
    with transaction.atomic():
        lock(interview)
        _require_changeable(interview)
        due_on = date_to_promise(interview.employer, interview.stage.promise_days)
        message = tell(
            interview,
            "interview_cancelled",
            calendar=withdrawn_invitation(interview),
            near=interview.starts_at,
            due_on=due_on,
            personal_line=line,
        )
        promise(interview, due_on, message, clock.now())
        if interview.starts_at:
            near = is_near(interview.starts_at)
            tell_team(interview, "interviewer_cancelled", is_urgent=near)
        take_off(interview, Reason.CANCELLED, by=by)
        settle_notices(interview)
        note(interview, "interview_cancelled", by=by)


def undo(interview: Interview, *, by: Any) -> None:
    """Take back what was offered or entered while nobody was told of it; else CannotDo."""
    with transaction.atomic():
        lock(interview)
        if interview.is_shown:
            raise CannotDo("It is too late to take it back. Cancel it, or change its date.")
        take_back(interview.message)
        take_back_team_mail(interview, "interviewer_invited")
        for replaced in Interview.objects.filter(cancellations__replaced_by=interview):
            take_back_team_mail(replaced, "interviewer_cancelled")
        application = interview.application
        if interview.message:
            application.take_back_promise(interview.message)
        note(interview, "interview_undone", by=by)
        Interview.objects.filter(pk=interview.pk).delete()
        _tell_of_move_after_all(application, interview.at)


# ── what the verbs are made of ───────────────────────────────────────────────────────────────────


def drafted(application: Application, plan: Plan, *, pick_by: dt.date | None = None) -> Interview:
    """As planned, not saved."""
    return Interview(
        employer=application.employer,
        application=application,
        stage=application.stage,
        kind=application.stage.kind,
        way=plan.way,
        where=plan.where,
        minutes=plan.minutes,
        time_zone=application.employer.time_zone,
        pick_by=pick_by,
        at=clock.now(),
    )


def _offer(
    interview: Interview,
    plan: Plan,
    starts: Sequence[dt.datetime],
    *,
    by: Any,
    instead_of: Interview | None,
) -> Interview:
    _save_new(interview, plan, "interview_proposed")
    InterviewSlot.objects.bulk_create(
        InterviewSlot(
            employer=interview.employer,
            interview=interview,
            starts_at=start,
            ends_at=interview.end_of(start),
        )
        for start in starts
    )
    calendar = _replace(instead_of, interview, by=by) if instead_of else ""
    due_on = date_after_offer(interview)
    interview.message = tell(
        interview,
        "interview_proposed",
        hold=interview.employer.undo_window,
        calendar=calendar,
        slots=starts,
        due_on=due_on,
        personal_line=plan.line,
    )
    interview.save(update_fields=["message"])
    promise(interview, due_on, interview.message, interview.shown_at)
    note(interview, "interview_proposed", by=by, slots=len(starts))
    return interview


def _replace(earlier: Interview, new: Interview, *, by: Any) -> str:
    """Take the earlier interview off together with the message that tells of the new one; returns
    what takes it out of the applicant's calendar."""
    take_off(earlier, Reason.REPLACED, by=by, shown_at=new.shown_at, replaced_by=new)
    settle_notices(earlier)
    if earlier.starts_at is None:
        return ""
    tell_team(earlier, "interviewer_cancelled", hold_until=new.shown_at)
    return withdrawn_invitation(earlier)


def _save_new(interview: Interview, plan: Plan, kind: str) -> None:
    """With its people; a move that nobody was told of yet is told with it, by one message."""
    application = interview.application
    employer = application.employer
    interview.shown_at = shown_at(employer, kind, employer.undo_window)
    # One that shows already stays shown, whether or not its message has gone out.
    if application.stage_entries.filter(shown_at__gt=interview.at).exists():
        overtake(application, interview.at, interview.shown_at)
    interview.save(force_insert=True)
    _add_people(interview, plan.people)


def _add_people(interview: Interview, people: Iterable[Identity]) -> list[Interviewer]:
    rows = [
        Interviewer(employer=interview.employer, interview=interview, identity=identity)
        for identity in dict.fromkeys(people)
    ]
    Interviewer.objects.bulk_create(rows)
    return rows


def _change_people(
    interview: Interview, people: Sequence[Identity]
) -> tuple[list[Interviewer], list[Interviewer], list[Interviewer]]:
    """Who stays, who goes (not yet deleted), and who is new."""
    before = list(interview.people.select_related("identity"))
    wanted = {identity.pk for identity in people}
    stay = [person for person in before if person.identity_id in wanted]
    gone = [person for person in before if person.identity_id not in wanted]
    known = {person.identity_id for person in stay}
    new = _add_people(interview, [each for each in people if each.pk not in known])
    Interviewer.objects.filter(pk__in=[person.pk for person in stay]).update(response="")
    return stay, gone, new


def _tell_of_move_after_all(application: Application, overtaken_at: dt.datetime) -> None:
    """What was taken back had overtaken a move: that one is told by its own message again."""
    application.promises.all().revive(overtaken_at)
    application.due_on = application.promises.all().standing_date()
    application.save(update_fields=["due_on"])
    tell_after_all(application, overtaken_at)


def require_free(application: Application, *, besides: Interview | None = None) -> None:
    """Raise CannotDo unless an interview may be planned now, in the place of `besides` or anew."""
    application.require_open()
    if not application.stage.kind:
        raise CannotDo(
            f"Nothing is agreed for a date in {application.stage.name}. "
            "Move them to a stage with an interview first."
        )
    others = application.interviews.going_on()
    if besides:
        _require_changeable(besides)
        others = others.exclude(pk=besides.pk)
    if other := others.order_by("-at").first():
        raise CannotDo(
            f"There is one already: {other.named}, {when_words(other)}. Change it, or say that it "
            "took place."
        )


def _require_ahead(start: dt.datetime) -> None:
    if start <= clock.now():
        raise CannotDo("That time has passed. Choose a later one.")
    if start > clock.now() + FURTHEST:
        raise CannotDo("That is more than a year away. Choose an earlier time.")


def _require_changeable(interview: Interview) -> None:
    interview.application.require_open()
    if not interview.is_standing() or interview.took_place_at:
        raise CannotDo("Somebody has changed this interview meanwhile. Look at it again.")
    if not interview.is_shown:
        raise CannotDo("Nobody has been told of it yet. Undo it instead.")

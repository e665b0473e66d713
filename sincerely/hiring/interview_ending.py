"""An application ends while an interview is planned: one message tells both, and carries what takes
the date out of the calendar. Nothing of it shows before the end itself does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from sincerely.hiring.interview_mail import withdrawn_invitation
from sincerely.hiring.interview_team_mail import take_back_team_mail, tell_team
from sincerely.hiring.models import Application, Closure, Interview, InterviewCancellation
from sincerely.kernel import clock
from sincerely.outbox.models import Message

Planned = Mapping[UUID, Sequence[Interview]]


def planned_for(applications: Iterable[Application]) -> Planned:
    """Application id → its interviews that would still take place. One statement, two more where
    there are any."""
    by_id = {application.pk: application for application in applications}
    ahead = Q(starts_at=None) | Q(ends_at__gt=clock.now())
    found: dict[UUID, list[Interview]] = defaultdict(list)
    going_on = Interview.objects.going_on().filter(ahead, application__in=list(by_id))
    for interview in going_on.prefetch_related("people__identity"):
        interview.application = by_id[interview.application_id]
        interview.employer = interview.application.employer
        found[interview.application_id].append(interview)
    return found


def calendars_of(applications: Iterable[Application], planned: Planned) -> str:
    """What takes all of their dates out of the applicant's calendar."""
    interviews = [each for one in applications for each in planned.get(one.pk, ())]
    return "".join(withdrawn_invitation(each) for each in interviews if each.is_shown)


def end_with(closures: Iterable[Closure], planned: Planned) -> None:
    """Cancel the interviews of ended applications, from the moment on that the end shows."""
    for closure in closures:
        for interview in planned.get(closure.application_id, ()):
            _end(interview, closure)


def _end(interview: Interview, closure: Closure) -> None:
    if not interview.is_shown and interview.message:
        # Held like the end itself, and told no more.
        interview.message.skip("overtaken by a later decision")
        take_back_team_mail(interview, "interviewer_invited")
    elif interview.starts_at:
        tell_team(interview, "interviewer_cancelled", hold_until=closure.shown_at)
    InterviewCancellation.objects.get_or_create(
        interview=interview,
        defaults={
            "employer": interview.employer,
            "reason": InterviewCancellation.Reason.ENDED,
            "by": closure.by,
            "shown_at": closure.shown_at,
            "closure": closure,
        },
    )


def show_at(closure: Closure, shows: dt.datetime) -> None:
    """The end is told later, together with another one; so are its interviews, and no sooner."""
    InterviewCancellation.objects.filter(closure=closure).update(shown_at=shows)


def revive(closure: Closure) -> None:
    """The end is taken back, and its interviews stand again: the row that took them off goes with
    the closure. Who picked a time meanwhile is announced to the interviewers now."""
    ended = Interview.objects.filter(cancellations__closure=closure).for_page()
    for interview in ended.select_related("message"):
        if interview.message and interview.message.state == Message.State.SKIPPED:
            _tell_after_all(interview, interview.message)
        take_back_team_mail(interview, "interviewer_cancelled")
        if interview.agreed_at and interview.agreed_at > closure.at:
            tell_team(interview, "interviewer_invited")


def _tell_after_all(interview: Interview, skipped: Message) -> None:
    """What the end overtook is to be told again, with the date that it promises."""
    told = Message.objects.queue(
        kind=skipped.kind,
        to_address=skipped.to_address,
        to_name=skipped.to_name,
        subject=skipped.subject,
        text=skipped.text,
        calendar=skipped.calendar,
        about_id=skipped.about_id,
        hold_until=skipped.hold_until,
        reply_to=skipped.reply_to,
        employer=interview.employer,
    )
    interview.application.promises.filter(message=skipped).update(message=told)
    Interview.objects.filter(pk=interview.pk).update(message=told)
    if interview.starts_at:
        tell_team(interview, "interviewer_invited", hold_until=interview.shown_at)


def join_held_end(interview: Interview) -> None:
    """A time was picked while an end is held: that end's message takes it out of the calendar
    again."""
    closure: Any = interview.application.closure
    if closure and closure.message:
        added = closure.message.calendar + withdrawn_invitation(interview)
        closure.message.edit(calendar=added)

"""What interviewers are told: invited, changed, cancelled, reminded, and what the applicant said.

Not an employer's to change: these go to colleagues. They are about the interview, never about the
application, because nothing that colleagues read keeps a promise to the applicant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from sincerely.accounts.models import Identity
from sincerely.hiring.interview_words import when_words, where_words
from sincerely.hiring.invitations import CANCEL, REQUEST, Invited, calendar_of
from sincerely.hiring.models import Interview, Interviewer
from sincerely.hiring.quiet_hours import after_quiet_hours
from sincerely.kernel import clock
from sincerely.outbox.models import Message

_SUBJECTS = {
    "interviewer_invited": "{kind} with {name}: {when}",
    "interviewer_moved": "Another date: {kind} with {name}: {when}",
    "interviewer_cancelled": "Cancelled: {kind} with {name}: {when}",
    "interviewer_reminder": "Tomorrow: {kind} with {name}: {when}",
    "interviewer_told": "{name}: {kind}, {when}",
}
_BODIES = {
    "interviewer_invited": "you meet {name}, who applied for {job}, on {when}.\n\n{where}",
    "interviewer_moved": "the {kind_within} with {name} ({job}) is now on {when}.\n\n{where}",
    "interviewer_cancelled": "the {kind_within} with {name} ({job}) on {when} does not take place."
    " You do not need to do anything.",
    "interviewer_reminder": "you meet {name}, who applied for {job}, on {when}.\n\n{where}",
    "interviewer_told": "{said}\n\nIt is about the {kind_within} for {job} on {when}.",
}
_METHODS = {
    "interviewer_invited": REQUEST,
    "interviewer_moved": REQUEST,
    "interviewer_cancelled": CANCEL,
}


def tell_team(
    interview: Interview,
    kind: str,
    *,
    people: Iterable[Interviewer] | None = None,
    hold_until: dt.datetime | None = None,
    is_urgent: bool = False,
    said: str = "",
) -> list[Message]:
    """Write to each interviewer (or to these `people`), in the caller's transaction; not before
    `hold_until`, nor in the quiet hours unless it is urgent."""
    chosen = list(interview.people.all() if people is None else people)
    at = max(hold_until or clock.now(), clock.now())
    at = at if is_urgent else after_quiet_hours(interview.employer, at)
    held = at if at > clock.now() else None
    active = [person for person in chosen if person.identity.is_active]
    return Message.objects.queue_all(
        _letter(interview, kind, person.identity, said)
        | {"hold_until": held, "calendar": _calendar(interview, kind, person)}
        for person in active
    )


def tell_of_applicant(interview: Interview, said: str) -> None:
    """What the applicant just said, at once: to the interviewers, or where nobody is named, to
    whoever owns the job."""
    if interview.people.all():
        tell_team(interview, "interviewer_told", is_urgent=True, said=said)
    elif recruiter := interview.application.job.recruiter:
        Message.objects.queue(**_letter(interview, "interviewer_told", recruiter, said))


def take_back_team_mail(interview: Interview, kind: str) -> None:
    """What waits to tell interviewers of something that was taken back is not sent."""
    for message in Message.objects.filter(about_id=interview.pk, kind=kind).unsent():
        message.skip("taken back within the undo window")


def _letter(interview: Interview, kind: str, identity: Identity, said: str) -> Any:
    application = interview.application
    values = {
        "kind": interview.get_kind_display(),
        "kind_within": interview.named,
        "name": application.name,
        "job": application.job.title,
        "when": when_words(interview),
        "where": where_words(interview),
        "said": said,
    }
    body = _BODIES[kind].format(**values)
    parts = [f"Hello {identity},", body, _desk_link(interview), interview.employer.name]
    return {
        "kind": kind,
        "to_address": identity.email,
        "to_name": identity.name,
        "subject": _SUBJECTS[kind].format(**values),
        "text": "\n\n".join(parts),
        "about_id": interview.pk,
        "employer": interview.employer,
    }


def _calendar(interview: Interview, kind: str, person: Interviewer) -> str:
    if kind not in _METHODS or interview.starts_at is None:
        return ""
    application, method = interview.application, _METHODS[kind]
    return calendar_of(
        interview,
        method,
        summary=f"{interview.get_kind_display()}: {application.name}, {application.job.title}",
        link=_desk_link(interview),
        invited=Invited(person.pk, person.identity.name, person.identity.email),
        sequence=interview.sequence + (method == CANCEL),
    )


def _desk_link(interview: Interview) -> str:
    known = {"employer": interview.employer.slug, "reference": interview.application.reference}
    return f"{settings.PUBLIC_URL}{reverse('desk:application', kwargs=known)}#interviews"

"""What the applicant is told about an interview: the employer's wording, filled, with what belongs
into a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sincerely.hiring.compose import compose
from sincerely.hiring.dates import in_words
from sincerely.hiring.interview_dates import is_near
from sincerely.hiring.interview_words import people_words, span_words, when_words, where_words
from sincerely.hiring.invitations import CANCEL, PUBLISH, REQUEST, Invited, calendar_of
from sincerely.hiring.letters import send
from sincerely.hiring.links import status_link
from sincerely.hiring.models import Interview
from sincerely.hiring.wording import Wording
from sincerely.outbox.models import Message


def text_of(
    interview: Interview,
    kind: str,
    *,
    people: Iterable[object],
    slots: Sequence[dt.datetime] = (),
    due_on: dt.date | None = None,
    **said: str,
) -> Wording:
    """The message as it will be read; `interview` need not be saved. `said` holds what only the
    caller knows, such as a personal line."""
    values = {
        "interview": interview.named,
        "people": people_words(people),
        "where": where_words(interview),
        "minutes": str(interview.minutes),
        "when": when_words(interview),
        "slots": "\n".join(f"– {span_words(interview, start)}" for start in slots),
        "pick_by": in_words(interview.pick_by) if interview.pick_by else "",
    }
    return compose(interview.application, kind, due_on=due_on, said=values | said)


def tell(
    interview: Interview,
    kind: str,
    *,
    hold: dt.timedelta | None = None,
    calendar: str = "",
    near: dt.datetime | None = None,
    **about: Any,
) -> Message | None:
    """Queue it for the applicant, in the caller's transaction; None without an address. `near` is
    the earliest moment that it is about: what is near does not wait for the morning."""
    text = text_of(interview, kind, people=interview.members(), **about)
    is_urgent = is_near(near) and not hold
    return send(
        interview.application, kind, text, hold=hold, calendar=calendar, is_urgent=is_urgent
    )


def invitation(interview: Interview) -> str:
    """For the applicant's calendar; the same interview again changes the entry."""
    return _calendar(interview, REQUEST, invited=_applicant(interview))


def withdrawn_invitation(interview: Interview) -> str:
    """Takes the entry out of the applicant's calendar; empty where it never came into it."""
    if interview.starts_at is None:
        return ""
    sequence = interview.sequence + 1
    return _calendar(interview, CANCEL, invited=_applicant(interview), sequence=sequence)


def calendar_file(interview: Interview) -> str:
    """To keep: an entry that asks for no answer."""
    return _calendar(interview, PUBLISH)


def _calendar(interview: Interview, method: str, **more: Any) -> str:
    application = interview.application
    summary = f"{interview.get_kind_display()}: {application.job.title}, {interview.employer.name}"
    return calendar_of(interview, method, summary=summary, link=status_link(application), **more)


def _applicant(interview: Interview) -> Invited:
    application = interview.application
    return Invited(interview.pk, application.name, application.email)

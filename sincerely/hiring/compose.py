"""A message to one applicant, from the employer's template or the default."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sincerely.accounts.models import Employer
from sincerely.hiring import wording
from sincerely.hiring.dates import in_words
from sincerely.hiring.links import status_link
from sincerely.hiring.models.stage import Stage
from sincerely.hiring.on_arrival import advice_on_arrival
from sincerely.hiring.phone_line import in_receipt
from sincerely.hiring.setup import policy_of, setup_of
from sincerely.hiring.wording import Wording, with_personal_line
from sincerely.kernel.ids import spoken_reference
from sincerely.protocol.policy_words import sentences

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application

# Sent at any time, also while a move or a decision is held for undo: they tell only what shows.
AT_ANY_TIME = {
    "answer",
    "reply",
    "link",
    "applied_again",
    "withdrawal_asked",
    "file_refused",
    "late",
    "interview_picked",
    "interview_moved",
    "interview_cancelled",
    "interview_asked",
    "interview_reminder",
    "interview_late",
}


def wording_of(employer: Employer, kind: str) -> Wording:
    """The employer's own wording for this kind, or the default one."""
    own = setup_of(employer).templates.get(kind)
    return Wording(own.subject, own.body) if own else wording.DEFAULTS[kind]


def compose(
    application: Application,
    kind: str,
    *,
    stage: Stage | None = None,
    due_on: dt.date | None = None,
    written: Wording | None = None,
    said: Mapping[str, str] | None = None,
) -> Wording:
    """The message with every placeholder filled.

    `written` is what a recruiter made of it in the dialog; placeholders left in it are filled too.
    `said` holds the values that only the caller knows, such as a reply.
    """
    text = written or wording_of(application.employer, kind)
    if kind in AT_ANY_TIME:
        stage = stage or _shown_stage(application, text)
        due_on = due_on or _shown_date(application, text)
    values = {**_values(application, stage, due_on, text), **(said or {})}
    if values["personal_line"]:
        text = with_personal_line(text)
    return Wording(wording.fill(text.subject, values), wording.fill(text.body, values))


def compose_reply(
    application: Application,
    text: str,
    *,
    by: Any,
    due_on: dt.date | None = None,
    rest_by: dt.date | None = None,
) -> Wording:
    """A person's reply, in the name of who wrote it.

    `due_on` is a new date by which they hear, `rest_by` the day of the whole answer.
    """
    said = {"reply": dated(application, text, due_on, rest_by), "recruiter": str(by)}
    return compose(application, "reply", due_on=due_on, said=said)


def dated(
    application: Application, text: str, due_on: dt.date | None, rest_by: dt.date | None
) -> str:
    """A reply with the day that it promises: nobody was promised what they were not told."""
    day = due_on or rest_by
    by_the_wording = due_on and "{date}" in wording_of(application.employer, "reply").body
    if day is None or by_the_wording or in_words(day) in text:
        return text
    hears = "You will hear from us" if due_on else "You will have the whole answer"
    return f"{text.rstrip()}\n\n{hears} by {in_words(day)}."


def contact_policy(application: Application) -> str:
    """How the applicant may follow up, in sentences, by the policy that stood when they applied."""
    return " ".join(sentences(policy_of(application)))


def _shown_stage(application: Application, text: Wording) -> Stage | None:
    """The one the applicant knows of; looked up only where the text names it, as below."""
    entry = application.stage_entries.shown().first() if "{stage" in _all_of(text) else None
    return setup_of(application.employer).stage(entry.stage_id) if entry else None


def _shown_date(application: Application, text: Wording) -> dt.date | None:
    promise = application.promises.shown().first() if "{date}" in _all_of(text) else None
    return promise.due_on if promise else None


def _all_of(text: Wording) -> str:
    return text.subject + text.body


def _values(
    application: Application, stage: Stage | None, due_on: dt.date | None, text: Wording
) -> dict[str, str]:
    """What the placeholders stand for; what takes some thought only where the text names it."""
    named = _all_of(text)
    stage = stage or setup_of(application.employer).stage(application.stage_id)
    due_on = due_on or application.due_on
    recruiter = application.job.recruiter
    return {
        "name": application.name,
        "job": application.job.title,
        "employer": application.employer.name,
        "reference": spoken_reference(application.reference),
        "date": in_words(due_on) if due_on else "",
        "stage": stage.public_name,
        "stage_text": stage.public_text,
        "status_link": status_link(application),
        "withdrawal_link": f"{status_link(application)}withdrawal/",
        "contact_policy": contact_policy(application) if "{contact_policy}" in named else "",
        "phone_line": in_receipt(application.employer) if "{phone_line}" in named else "",
        "follow_up": advice_on_arrival(application, due_on) if "{follow_up}" in named else "",
        "recruiter": recruiter.name if recruiter else application.employer.name,
        "personal_line": "",
    }

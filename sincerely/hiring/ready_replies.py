"""Sentences to answer a follow-up with, filled from what the applicant may know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sincerely.hiring.answer import arrived, hears, still_open
from sincerely.hiring.asking import ANSWER_WITHIN
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.models import Application, FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.setup import policy_of
from sincerely.hiring.status import Status
from sincerely.protocol.hours import hours_in_words

_LATER = {
    Topic.ADJUSTMENT: "Thank you for telling us. I will see to it and write to you by {day}.",
    Topic.PROBLEM: "Thank you for telling us. I will look into it and write to you by {day}.",
}
_FIND_OUT = "I do not know this yet. I will find out and write to you by {day}."


@dataclass(frozen=True, slots=True)
class ReadyReply:
    """`rest_by` is the day that it promises the whole answer for."""

    key: str
    title: str
    text: str
    rest_by: dt.date | None = None


def ready_replies(follow_up: FollowUp, status: Status) -> list[ReadyReply]:
    """Three to five of them; takes one statement where something went wrong, else none."""
    application = follow_up.application
    day = date_to_promise(application.employer, ANSWER_WITHIN)
    later = _LATER.get(Topic(follow_up.topic), _FIND_OUT).format(day=in_words(day))
    ready = [
        ReadyReply("later", "You need time", later, rest_by=day),
        _arrived_or_open(follow_up, status),
        ReadyReply("where", "Where it stands", _where(application, status)),
        ReadyReply("hears", "By when they hear", hears(status)),
        ReadyReply("contact", "How to reach you", _contact(application)),
    ]
    return [each for each in ready if each.text]


def _arrived_or_open(follow_up: FollowUp, status: Status) -> ReadyReply:
    if follow_up.topic == Topic.PROBLEM:
        return ReadyReply("arrived", "What arrived", arrived(follow_up.application))
    return ReadyReply("open", "Whether it is open", still_open(follow_up.application, status))


def _where(application: Application, status: Status) -> str:
    if status.ended:
        return status.text
    return f"Your application is at: {status.title}. {status.text}".strip()


def _contact(application: Application) -> str:
    policy = policy_of(application)
    if policy.allows_calls and policy.phone:
        hours = hours_in_words(policy.phone_hours)
        return f"If anything is unclear, call {policy.phone}{f' ({hours})' if hours else ''}."
    email = policy.email or application.employer.reply_to
    return f"If anything is unclear, write to {email}." if email else ""

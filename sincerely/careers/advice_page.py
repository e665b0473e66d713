"""What the advice page shows for an inquiry: which step, and every address that leads on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sincerely.hiring.advice import (
    NAMES,
    QUESTIONS,
    Advice,
    Inquiry,
    advice_on,
    answered,
    policy_in_words,
)
from sincerely.hiring.employer_search import NONE

FIRST = "sent"
OTHER_LABELS = {"employer": "Employer", "job": "Job", "at": "Which one do you mean?"}
ICONS = {
    "no_contact": "check",
    "wait": "wait",
    "read_status": "eye",
    "apply": "pencil",
    "follow_steps": "note",
    "ask_support": "help",
    "email": "mail",
    "call": "phone",
    "visit": "walk-in",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in a form: `question` is the protocol's, `last_day` its latest day
    for the date picker."""

    question: Any
    value: str
    problem: str
    last_day: str


def context_of(inquiry: Inquiry, ask: str = "") -> dict[str, Any]:
    """What the templates of careers/advice/ need. `ask` names a question to show once more."""
    step, question = _step(inquiry, ask)
    context: dict[str, Any] = {
        "inquiry": inquiry,
        "step": step,
        "here": address(inquiry.answers, ask=ask if question and question.id == ask else ""),
        "start": address({}),
        "other_employer": address(inquiry.answers, at="", employer="", ask=FIRST),
    }
    if step == "verdict":
        return context | verdict_of(inquiry)
    asked = question or inquiry.path[0]
    number = inquiry.path.index(asked) + 1
    before = inquiry.path[max(number - 2, 0)].id
    return context | {
        "asked": _asked(inquiry, asked),
        "is_first": step == "question" and asked.id == FIRST,
        "number": number,
        "steps": [place <= number for place in range(1, inquiry.total + 1)],
        "back": address(inquiry.answers, ask=before),
        "kept": _kept(inquiry, step, asked.id),
        "not_in_list": NONE,
        **_at_once(inquiry),
    }


def address(answers: Mapping[str, str], view: str = "advice", **changes: str) -> str:
    """The address that carries these answers; a change to an empty text leaves one out.

    `view` is another page beside the advice page that reads them too.
    """
    carried = {key: text for key, text in {**answers, **changes}.items() if changes.get(key, " ")}
    return reverse(f"careers:{view}") + (f"?{urlencode(carried)}" if carried else "")


def verdict_of(inquiry: Inquiry) -> dict[str, Any]:
    """The verdict page's own part."""
    advice = advice_on(inquiry)
    relevant = {question.id for question in inquiry.path} | {*NAMES, "at"}
    answers = {key: text for key, text in inquiry.answers.items() if key in relevant}
    return {
        "advice": advice,
        "icon": ICONS[advice.action],
        "sentences": [with_days(sentence, advice.days) for sentence in advice.sentences],
        "mail_link": _mail_link(advice),
        "policy": policy_in_words(inquiry),
        "answers": [
            (question, words, address(answers, ask=question.id))
            for question, words in answered(inquiry)
        ],
        "link": address(answers),
        "calendar": address(answers, "advice_calendar") if advice.remind_on else "",
        "tone_action": address(answers, "advice_tone"),
        "kind": "speech" if advice.draft and advice.draft.kind == "speech" else "email",
        "not_this_employer": address(answers, at=NONE, employer=inquiry.employer_name),
    }


def with_days(sentence: str, days: Mapping[str, dt.date]) -> SafeString:
    """The sentence with each day in words marked as a time, its full date on hover."""
    if not days:
        return escape(sentence)
    times: dict[str, str] = {
        escape(words): format_html(
            '<time datetime="{}" title="{}">{}</time>',
            day.isoformat(),
            f"{day:%A}, {day.day} {day:%B} {day.year}",
            words,
        )
        for words, day in days.items()
    }
    found = re.compile("|".join(map(re.escape, times)))
    marked = found.sub(lambda match: times[match[0]], escape(sentence))
    return mark_safe(marked)  # noqa: S308 - made of escaped parts


def _step(inquiry: Inquiry, ask: str) -> tuple[str, Any]:
    """`question`, `chooser` or `verdict`, and the question."""
    wanted = next((question for question in inquiry.path if question.id == ask), None)
    if wanted:
        return "question", wanted
    question = inquiry.open_question
    is_past_first = FIRST in inquiry.answers and (question is None or question.id != FIRST)
    if is_past_first and len(inquiry.path) > 1 and inquiry.located.options:
        return "chooser", None
    return ("question", question) if question else ("verdict", None)


def _asked(inquiry: Inquiry, question: Any) -> Asked:
    value, problem = inquiry.answers.get(question.id, ""), inquiry.problems.get(question.id, "")
    tomorrow = inquiry.today + dt.timedelta(days=1)  # which it already is somewhere
    last_day = "" if question.id == "promised" else tomorrow.isoformat()
    return Asked(question, value, problem, last_day)


def _kept(inquiry: Inquiry, step: str, shown: str) -> list[tuple[str, str]]:
    """The other answers, which the form of one step carries along unseen."""
    # The choice of a job comes after what is kept: of two answers the last one counts.
    leave = ({"at"} if inquiry.place is None else set()) if step == "chooser" else {shown}
    if shown == FIRST and step == "question":
        leave |= {*NAMES, "at"}  # they stand in this form themselves
    return [(key, text) for key, text in inquiry.answers.items() if key not in leave]


def _at_once(inquiry: Inquiry) -> dict[str, Any]:
    """The same questions as one form, for who has no scripts."""
    groups: dict[str, Iterable[str]] = {
        "first": [FIRST],
        "day": ["day"],
        "sent": ["news", "promised", "asked", "vouch", *([] if inquiry.policy else ["says"])],
        "failed": ["support", "steps"],
    }
    by_id = {question.id: question for question in QUESTIONS}
    return {
        "at_once": {
            name: [_asked(inquiry, by_id[key]) for key in keys] for name, keys in groups.items()
        },
        "problems": [
            (key, by_id[key].text if key in by_id else OTHER_LABELS[key], text)
            for key, text in inquiry.problems.items()
        ],
    }


def _mail_link(advice: Advice) -> str:
    """A mailto: link with subject and text, for drafts that are e-mails."""
    draft = advice.draft
    if draft is None or draft.kind != "email":
        return ""
    fields = {"subject": draft.subject, "body": draft.body.replace("\n", "\r\n")}
    query = "&".join(f"{name}={quote(text)}" for name, text in fields.items())
    return f"mailto:{quote(advice.address, safe='@')}?{query}"

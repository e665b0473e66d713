"""Should I call? What the advice page needs from the protocol: questions, verdict, words.

Nothing is stored: an inquiry is read anew from the answers that its address carries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from sincerely.hiring.employer_search import NONE, Located, Place, locate
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.text import one_line
from sincerely.protocol.answers import PICK_ONE, problems, query_from_answers, read_day
from sincerely.protocol.decide import decide
from sincerely.protocol.drafts import Draft, draft
from sincerely.protocol.explain import title, what_to_do
from sincerely.protocol.hours import hours_in_words
from sincerely.protocol.parse import Query
from sincerely.protocol.policy import Policy
from sincerely.protocol.policy_words import sentences
from sincerely.protocol.questions import (
    MOST_QUESTIONS,
    QUESTIONS,
    Question,
    next_question,
    path_of,
)
from sincerely.protocol.rule import Rule
from sincerely.protocol.verdict import Verdict
from sincerely.protocol.words import day_in_words

LONGEST_NAME = 200
LONGEST_ANSWER = 150
NAMES = ("employer", "job")
KEPT = (*NAMES, "at", *(question.id for question in QUESTIONS))
"""All that an address may carry; the rest of it is ignored."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The answers given so far, and whom they are about.

    `answers` are by question id and `KEPT` name; `problems` are sentences by the same keys.
    `policy` is what the employer publishes here, None where nothing is known.
    """

    answers: Mapping[str, str]
    located: Located
    policy: Policy | None
    today: dt.date
    problems: Mapping[str, str]

    @property
    def path(self) -> tuple[Question, ...]:
        """The questions that belong to these answers, in order; seven at most."""
        return path_of(self.answers, self.policy is not None)

    @property
    def total(self) -> int:
        """How many questions there are; the most there can be before the first is answered."""
        return len(self.path) if self.answers.get("sent") else MOST_QUESTIONS

    @property
    def open_question(self) -> Question | None:
        """The first that is wrong, else the first without an answer; None when all is said."""
        wrong = [question for question in self.path if question.id in self.problems]
        if any(name in self.problems for name in NAMES):  # they stand beside the first question
            wrong.insert(0, self.path[0])
        return wrong[0] if wrong else next_question(self.answers, self.policy is not None)

    @property
    def place(self) -> Place | None:
        return self.located.place

    @property
    def employer_name(self) -> str:
        return self.place.employer.name if self.place else self.answers.get("employer", "")

    @property
    def job_title(self) -> str:
        job = self.place.job if self.place else None
        return job.title if job else self.answers.get("job", "")

    def missing(self, asked: str) -> Inquiry:
        """The same after the form of one question, or of `all`, was sent: gaps are problems."""
        empty = {
            question.id: ""
            for question in self.path
            if question.id not in self.answers and asked in (question.id, "all")
        }
        found = problems({**self.answers, **empty}, self.today, self.policy is not None, gettext)
        if self.located.options and asked in ("at", "all"):
            found["at"] = gettext(PICK_ONE)
        return replace(self, problems={**found, **self.problems})


def inquiry_of(given: Mapping[str, str]) -> Inquiry:
    """Read the answers of an address or a form, whatever is in it."""
    lines = {key: one_line(given[key][:5_000]) for key in KEPT if key in given}
    answers = {
        key: line[: LONGEST_NAME if key in NAMES else LONGEST_ANSWER] for key, line in lines.items()
    }
    too_long = [key for key in NAMES if len(lines.get(key, "")) > LONGEST_NAME]
    located = locate(*(answers.get(key, "") for key in ("at", "employer", "job")))
    place = located.place
    today = clock.today(place.employer.time_zone) if place else clock.now().date()
    answers = _without_what_is_known(answers, place)
    policy = _policy_for(place, answers.get("day", ""), today) if place else None
    wrong = problems(answers, today, policy is not None, gettext)
    message = gettext("This is too long. {most} characters are enough for a name.")
    wrong |= dict.fromkeys(too_long, message.format(most=LONGEST_NAME))
    return Inquiry(answers, located, policy, today, wrong)


def _without_what_is_known(answers: dict[str, str], place: Place | None) -> dict[str, str]:
    """What we know better than what was typed: the employer's own name, and where it is."""
    if place is not None:
        return {key: text for key, text in answers.items() if key != "employer"} | {"at": place.at}
    return {key: text for key, text in answers.items() if key != "at" or text == NONE}


def _policy_for(place: Place, sent_on: str, today: dt.date) -> Policy:
    """The policy that stood on the day of sending; of a day before any, the first there was."""
    setup, now = setup_of(place.employer), clock.now()
    day = read_day(sent_on)
    at = now
    if day is not None and today - dt.timedelta(days=4_000) < day < today:
        zone = ZoneInfo(place.employer.time_zone)
        at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, zone)
    job = place.job.pk if place.job else None
    rows = (row for key in {job, None} for row in setup.policies.get(key, ()))
    first = min((row.since for row in rows), default=now)
    return setup.policy(job, min(max(at, first), now))


# ── The verdict ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Advice:
    """A verdict in words. `sentences` may name the `days` in words; `address`, `phone`, `hours`
    and `visit_at` are the employer's own, empty where they are not known or not needed.

    `remind_on` is the day ahead on which the next step opens, None where that is today.
    """

    word: str
    action: str
    rule: str
    sentences: tuple[str, ...]
    days: Mapping[str, dt.date]
    because: tuple[Rule, ...]
    avoid: tuple[Rule, ...]
    draft: Draft | None
    address: str
    phone: str
    hours: str
    visit_at: str
    remind_on: dt.date | None


def advice_on(inquiry: Inquiry) -> Advice:
    """The verdict on a whole inquiry without problems; raises FactsError for any other."""
    query = _query(inquiry)
    verdict = decide(query.facts, query.rulebook, query.today)
    not_before, policy = verdict.not_before, inquiry.policy
    calls = verdict.action == "call" and verdict.rule != "vouched"
    walk_in = policy.walk_in if policy and verdict.action == "visit" else None
    hours = walk_in.hours if walk_in else policy.phone_hours if policy and calls else ()
    days = [not_before, verdict.until, verdict.hear_by]
    return Advice(
        word=title(verdict, gettext),
        action=verdict.action,
        rule=verdict.rule,
        sentences=tuple(what_to_do(verdict, "applicant", gettext, query.today)),
        days={day_in_words(day, gettext, query.today): day for day in days if day},
        because=verdict.because,
        avoid=verdict.avoid,
        draft=draft(verdict, query.facts, gettext),
        address=_address(verdict, inquiry),
        phone=policy.phone if policy and calls else "",
        hours=hours_in_words(hours, gettext),
        visit_at=walk_in.place if walk_in else "",
        remind_on=not_before if not_before and not_before > query.today else None,
    )


def _query(inquiry: Inquiry) -> Query:
    names = {"employer": inquiry.employer_name, "job": inquiry.job_title}
    query = query_from_answers({**inquiry.answers, **names}, inquiry.today, inquiry.policy)
    if inquiry.place is None:
        return query
    employer = inquiry.place.employer
    facts = replace(query.facts, country=employer.country, subdivision=employer.subdivision)
    return replace(query, facts=facts)


def _address(verdict: Verdict, inquiry: Inquiry) -> str:
    """Where the draft goes, if we know that: never a guess."""
    place, policy = inquiry.place, inquiry.policy
    if place is None or policy is None or verdict.rule in ("vouched", "told"):
        return ""
    if verdict.action == "ask_support":
        return str(settings.SUPPORT_EMAIL)
    return (policy.email or place.employer.reply_to) if verdict.action == "email" else ""


def policy_in_words(inquiry: Inquiry) -> list[str]:
    """What the employer publishes, as it stood when the application was sent."""
    return sentences(inquiry.policy, gettext) if inquiry.policy else []


def answered(inquiry: Inquiry) -> list[tuple[Question, str]]:
    """Each answered question of the path with its answer in words."""
    return [
        (question, _in_words(question, inquiry.answers[question.id], inquiry.today))
        for question in inquiry.path
        if question.id in inquiry.answers
    ]


def _in_words(question: Question, answer: str, today: dt.date) -> str:
    labels = {choice.value: gettext(choice.label) for choice in question.choices}
    day = None if question.choices else read_day(answer)
    return day_in_words(day, gettext, today) if day else labels.get(answer, gettext("None"))

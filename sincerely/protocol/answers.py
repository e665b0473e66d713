"""Answers to the questions, read: what is wrong with them, and the facts that they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sincerely.protocol.business_days import days_after
from sincerely.protocol.drafts import UNNAMED
from sincerely.protocol.hours import Hours
from sincerely.protocol.iso_days import iso_day
from sincerely.protocol.parse import FactsError, Query, facts_from_json
from sincerely.protocol.policy import Policy, Stance, WalkIn
from sincerely.protocol.questions import Question, path_of
from sincerely.protocol.rulebooks import B, rulebook_for
from sincerely.protocol.words import Translate, day_in_words, english, gettext_noop

NAMES = ("employer", "job", "applicant")
"""What may stand among the answers for the sake of the draft alone."""
WALK_IN_AS_POSTED = WalkIn(
    place="where the notice says",
    hours=(Hours((0, 1, 2, 3, 4, 5, 6), time(0), time(23, 59)),),
)
"""For an employer outside the system: the notice knows the hours, the applicant can read it."""
_STANCES: dict[str, Stance] = {
    "email_once": "email_once",
    "call_once": "call_once",
    "no_follow_up_before_promise": "no_follow_up_before_promise",
    "walk_in": "email_once",
}

PICK_ONE = gettext_noop("Pick one of the answers.")
WRITE_A_DAY = gettext_noop("Write a day of the calendar, like 2026-12-03.")
IN_THE_FUTURE = gettext_noop("{day} lies in the future.")
BEFORE_APPLYING = gettext_noop("{day} lies before the day you applied, {applied}.")
CHECK_THE_YEAR = gettext_noop("{day} {year}: is the year right?")
YEARS_BACK, YEARS_AHEAD = 10, 3


def problems(
    answers: Mapping[str, str], today: date, policy_known: bool = False, _: Translate = english
) -> dict[str, str]:
    """What is wrong with the answers given, a sentence by question id.

    A question without an answer is not wrong, only open.
    """
    found = {
        question.id: _problem(question, answers, today, _)
        for question in path_of(answers, policy_known)
        if question.id in answers
    }
    return {key: problem for key, problem in found.items() if problem}


def query_from_answers(
    answers: Mapping[str, str], today: date, policy: Policy | None = None
) -> Query:
    """What ``decide`` needs. Answers to questions that were not asked are left out.

    The ``NAMES`` may be among the answers, for the draft. Raises :class:`FactsError` with the
    question's id as its path for the first answer that is missing or wrong.
    """
    known = policy is not None
    given = {asked.id: answers.get(asked.id, "").strip() for asked in path_of(answers, known)}
    for key, problem in problems(given, today, known).items():
        raise FactsError(key, problem)
    document = _document(given, today) | {name: answers.get(name, "") for name in NAMES}
    facts = facts_from_json(document, today)
    return Query(facts, rulebook_for(policy or _said_policy(given), B), today)


def _problem(question: Question, answers: Mapping[str, str], today: date, _: Translate) -> str:
    answer = answers[question.id].strip()
    if question.kind == "choice":
        return "" if answer in {choice.value for choice in question.choices} else _(PICK_ONE)
    if not answer and question.kind == "optional_day":
        return ""
    day = read_day(answer)
    return _(WRITE_A_DAY) if day is None else _problem_of_day(question, day, answers, today, _)


def _problem_of_day(
    question: Question, day: date, answers: Mapping[str, str], today: date, _: Translate
) -> str:
    said = day_in_words(day, _, today)
    if not today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD:
        return _(CHECK_THE_YEAR).format(day=day_in_words(day, _), year=day.year)
    # It is tomorrow somewhere. Only what was promised may lie further ahead.
    if question.id != "promised" and day > days_after(today, 1):
        return _(IN_THE_FUTURE).format(day=said)
    applied = read_day(answers.get("day", "")) if question.id != "day" else None
    if applied is not None and day < applied:
        return _(BEFORE_APPLYING).format(day=said, applied=day_in_words(applied, _, today))
    return ""


def read_day(text: str) -> date | None:
    """The day that an answer names; ``None`` when it names none."""
    try:
        return iso_day(text.strip())
    except ValueError:
        return None


def _document(given: Mapping[str, str], today: date) -> dict[str, Any]:
    sent = given["sent"]
    if sent == "not_yet":
        return {}
    if sent == "failed":
        return {"incident": _incident(given, today)}
    document: dict[str, Any] = {"applied_on": given["day"], **_news(given, today)}
    if given.get("promised"):
        # Nobody remembers when they were told a date; the day of applying is on the safe side.
        document["promises"] = [{"made_on": given["day"], "due_on": given["promised"]}]
    if given.get("asked"):
        document["contacts"] = [{"on": given["asked"]}]
    if given.get("vouch") in ("email", "call"):
        document["vouch"] = {
            "person": UNNAMED,
            "referrer": "[the person who sent me]",
            "channel": given["vouch"],
            "given_on": today.isoformat(),
            "certain": True,
        }
    if given.get("says") == "bold":
        document |= {"culture": "bold", "recipient": "hiring_manager"}
    return document


def _news(given: Mapping[str, str], today: date) -> dict[str, Any]:
    if given["news"] == "told":
        return {"told_on": today.isoformat()}
    states = {"receipt": "arrived", "nothing": "none", "missing": "awaited", "bounced": "none"}
    return {"receipt": states[given["news"]], "own_mail_bounced": given["news"] == "bounced"}


def _incident(given: Mapping[str, str], today: date) -> dict[str, Any]:
    incident: dict[str, Any] = {
        "failed_on": given["day"],
        "support_exists": given["support"] != "none",
        "steps_followed": given["steps"] == "yes",
    }
    if given["support"] in ("waiting", "silent"):
        incident["support_asked_on"] = given["day"]
        # The answer tells whether the time is over; the exact day of asking was not asked.
        ahead = 1 if given["support"] == "waiting" else -1
        incident["reply_by"] = days_after(today, ahead).isoformat()
    return incident


def _said_policy(given: Mapping[str, str]) -> Policy | None:
    says = given.get("says", "nothing")
    if says not in _STANCES:
        return None
    walk_in = WALK_IN_AS_POSTED if says == "walk_in" else None
    return Policy(stance=_STANCES[says], walk_in=walk_in)

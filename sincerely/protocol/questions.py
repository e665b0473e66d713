"""Should I call? At most seven plain questions, and the facts that the answers stand for.

The terminal and the advice page ask the same questions from here. Answers are text by question
id, as a form or an address carries them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from sincerely.protocol.business_days import days_after
from sincerely.protocol.facts import Facts
from sincerely.protocol.hours import Hours
from sincerely.protocol.parse import FactsError, Query, facts_from_json
from sincerely.protocol.policy import Policy, Stance, WalkIn
from sincerely.protocol.rulebooks import B, rulebook_for
from sincerely.protocol.words import gettext_noop

QuestionKind = Literal["choice", "day", "optional_day"]

MOST_QUESTIONS = 7
WALK_IN_AS_POSTED = WalkIn(
    place="where the notice says",
    hours=(Hours((0, 1, 2, 3, 4, 5, 6), time(0), time(23, 59)),),
)
"""For an employer outside the system: the notice knows the hours, the applicant can read it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be picked: what is stored, and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One plain question; ``hint`` is a second, smaller sentence."""

    id: str
    text: str
    kind: QuestionKind
    choices: tuple[Choice, ...] = ()
    hint: str = ""


SENT = Question(
    "sent",
    gettext_noop("Did you send your application?"),
    "choice",
    (
        Choice("sent", gettext_noop("Yes, I sent it")),
        Choice("failed", gettext_noop("I tried, but the system did not work")),
        Choice("not_yet", gettext_noop("Not yet")),
    ),
)
DAY = Question(
    "day",
    gettext_noop("On which day was that?"),
    "day",
    hint=gettext_noop("The day of your first try counts."),
)
SUPPORT = Question(
    "support",
    gettext_noop("Did you ask support for help?"),
    "choice",
    (
        Choice("not_asked", gettext_noop("No, not yet")),
        Choice("waiting", gettext_noop("Yes, within the last two working days")),
        Choice("silent", gettext_noop("Yes, longer ago, and nobody replied")),
        Choice("none", gettext_noop("I cannot find any support")),
    ),
    gettext_noop("Look at the foot of the page or in the error message for a number or address."),
)
STEPS = Question(
    "steps",
    gettext_noop("Did you try again and write down the steps and the error?"),
    "choice",
    (Choice("yes", gettext_noop("Yes")), Choice("no", gettext_noop("No"))),
)
NEWS = Question(
    "news",
    gettext_noop("What came back so far?"),
    "choice",
    (
        Choice("receipt", gettext_noop("A receipt: they have it")),
        Choice("nothing", gettext_noop("Nothing")),
        Choice("missing", gettext_noop("Nothing, though a receipt was announced")),
        Choice("bounced", gettext_noop("My own mail came back as not delivered")),
        Choice("told", gettext_noop("The answer: yes or no")),
    ),
)
PROMISED = Question(
    "promised",
    gettext_noop("By which day did they say you would hear?"),
    "optional_day",
    hint=gettext_noop("Leave it empty if they gave no date."),
)
ASKED = Question(
    "asked",
    gettext_noop("When did you last ask how things stand?"),
    "optional_day",
    hint=gettext_noop(
        "A call, a voicemail, an e-mail or a visit. Leave it empty if you have not asked."
    ),
)
VOUCHED = Question(
    "vouch",
    gettext_noop("Does someone who works there, or knows them well, say that you may ask?"),
    "choice",
    (
        Choice("no", gettext_noop("No")),
        Choice("probably", gettext_noop("They think it is probably fine")),
        Choice("email", gettext_noop("Yes, for certain: I may write to one person they named")),
        Choice("call", gettext_noop("Yes, for certain: I may call one person they named")),
    ),
)
SAYS = Question(
    "says",
    gettext_noop("What does the employer say about asking?"),
    "choice",
    (
        Choice("nothing", gettext_noop("Nothing that I know of")),
        Choice("email_once", gettext_noop("No calls, or e-mail only")),
        Choice("call_once", gettext_noop("Applicants may call")),
        Choice("no_follow_up_before_promise", gettext_noop("Wait until you hear from us")),
        Choice("walk_in", gettext_noop("Come in and apply in person")),
        Choice(
            "bold",
            gettext_noop(
                "Nothing, but the job rewards boldness, and I would reach the team and not HR"
            ),
        ),
    ),
)

QUESTIONS: tuple[Question, ...] = (
    SENT,
    DAY,
    SUPPORT,
    STEPS,
    NEWS,
    PROMISED,
    ASKED,
    VOUCHED,
    SAYS,
)
AFTER_SENT = (DAY, NEWS, PROMISED, ASKED, VOUCHED, SAYS)
AFTER_FAILED = (DAY, SUPPORT, STEPS)
_STANCES: dict[str, Stance] = {
    "email_once": "email_once",
    "call_once": "call_once",
    "no_follow_up_before_promise": "no_follow_up_before_promise",
    "walk_in": "email_once",
}


def path_of(answers: Mapping[str, str], policy_known: bool = False) -> tuple[Question, ...]:
    """The questions that belong to these answers, in order; seven at most.

    ``policy_known`` leaves out what the employer's published policy already says.
    """
    sent = answers.get("sent", "")
    if sent == "failed":
        return (SENT, *AFTER_FAILED)
    if sent != "sent":
        return (SENT,)
    following: tuple[Question, ...] = (SENT, *AFTER_SENT)
    if answers.get("news") == "told":
        following = (SENT, DAY, NEWS)
    return tuple(asked for asked in following if not (policy_known and asked is SAYS))


def next_question(answers: Mapping[str, str], policy_known: bool = False) -> Question | None:
    """The first question without an answer; ``None`` when all is said. Empty is an answer."""
    asked = path_of(answers, policy_known)
    return next((question for question in asked if question.id not in answers), None)


def query_from_answers(
    answers: Mapping[str, str], today: date, policy: Policy | None = None
) -> Query:
    """What ``decide`` needs. Answers to questions that were not asked are left out.

    ``employer``, ``job`` and ``applicant`` may be among the answers, for the draft. Raises
    :class:`FactsError` with the question's id as its path.
    """
    asked = {question.id: question for question in path_of(answers, policy is not None)}
    given = {key: _checked(question, answers) for key, question in asked.items()}
    document = _document(given, today)
    for name in ("employer", "job", "applicant"):
        document[name] = answers.get(name, "")
    facts = _facts(document, today)
    return Query(facts, rulebook_for(policy or _said_policy(given), B), today)


def _checked(question: Question, answers: Mapping[str, str]) -> str:
    answer = answers.get(question.id, "").strip()
    if question.kind == "choice":
        if answer not in {choice.value for choice in question.choices}:
            raise FactsError(question.id, "pick one of the answers")
        return answer
    if not answer and question.kind == "day":
        raise FactsError(question.id, "must be a day like 2026-12-03")
    return answer


def _document(given: Mapping[str, str], today: date) -> dict[str, Any]:
    sent = given["sent"]
    if sent == "not_yet":
        return {}
    if sent == "failed":
        return {"incident": _incident(given, today)}
    document: dict[str, Any] = {"applied_on": given["day"], **_news(given, today)}
    if given.get("promised"):
        document["promises"] = [{"made_on": _made_on(given), "due_on": given["promised"]}]
    if given.get("asked"):
        document["contacts"] = [{"on": given["asked"]}]
    if given.get("vouch") in ("email", "call"):
        document["vouch"] = {
            "person": "the person they named",
            "channel": given["vouch"],
            "given_on": today.isoformat(),
            "certain": True,
        }
    if given.get("says") == "bold":
        document |= {"culture": "bold", "recipient": "hiring_manager"}
    return document


def _made_on(given: Mapping[str, str]) -> str:
    # Nobody remembers when they were told; the earlier of the two days is on the safe side.
    return min(given["day"], given["promised"])


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


_QUESTION_OF = {
    "applied_on": "day",
    "incident.failed_on": "day",
    "contacts[0].on": "asked",
    "promises[0].due_on": "promised",
    "promises[0].made_on": "promised",
}


def _facts(document: dict[str, Any], today: date) -> Facts:
    try:
        return facts_from_json(document, today)
    except FactsError as error:
        raise FactsError(_QUESTION_OF.get(error.path, error.path), error.problem) from None

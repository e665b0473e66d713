"""Should I call? At most seven plain questions, one after the other.

The terminal and the advice page ask the same questions from here. Answers are text by question
id, as a form or an address carries them; ``answers.py`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sincerely.protocol.words import gettext_noop

QuestionKind = Literal["choice", "day", "optional_day"]

MOST_QUESTIONS = 7


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

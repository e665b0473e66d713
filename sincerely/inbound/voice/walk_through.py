"""A whole call as text: what is heard, and after what. For whoever sets the line up."""

from __future__ import annotations

from dataclasses import dataclass

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ANSWER_WITHIN
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.message_setup import example_applicant
from sincerely.hiring.models import Application, PhoneLine
from sincerely.hiring.status import status_of
from sincerely.inbound.voice import prompts


@dataclass(frozen=True, slots=True)
class Part:
    """`key` names it, `after` says what has happened, `text` is what is heard then."""

    key: str
    after: str
    text: str


def walk_through(employer: Employer, line: PhoneLine, *, by: Identity) -> list[Part]:
    """Every turn that a call can take, with the newest applicant for an example."""
    applicant = example_applicant(employer, by)
    day = date_to_promise(employer, ANSWER_WITHIN)
    greeting = f"{prompts.greeting(employer, line)} {prompts.ASK_REFERENCE}"
    again = f"{prompts.WRONG} {prompts.ASK_REFERENCE}"
    offer = f"{prompts.offer_message(employer)} {prompts.RIGHTS} {prompts.HEAR_AGAIN}"
    return [
        Part("greeting", "Somebody calls.", greeting),
        Part("pin", "They key in ten digits, whichever.", prompts.ASK_PIN),
        Part("wrong", "Reference or PIN is wrong; nobody is told which.", again),
        Part("wrong-last", "It is wrong for the third time.", prompts.WRONG_LAST),
        Part("status", "Both are right.", status_of(applicant).sentence),
        Part("open", "They may ask now.", offer),
        Part("closed", "Or not yet, or not any more.", _closed(applicant)),
        Part("tone", "They press 2, 3 or 4.", prompts.after_the_tone(employer)),
        Part("thanks", "They have spoken.", prompts.thanks(day)),
        Part("off", "And while the line is off:", prompts.OFF),
    ]


def _closed(applicant: Application) -> str:
    """Why not, and from when on: what the applicant's page says, or an example of it."""
    advice = contact_advice(applicant)
    why = "You may ask from Thursday, 3 December." if advice.may_ask else ""
    return f"{why or ' '.join(advice.asking_now)} {prompts.RIGHTS} {prompts.HEAR_AGAIN}"

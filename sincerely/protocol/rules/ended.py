"""The application is over: nobody needs to be asked any more."""

from __future__ import annotations

from sincerely.protocol.rule import Advice, Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.situation import Situation
from sincerely.protocol.words import gettext_noop


def _told(situation: Situation) -> bool:
    return situation.facts.told_on is not None


def _withdrawn(situation: Situation) -> bool:
    return situation.facts.withdrawn_on is not None


NO_CONTACT = Advice("no_contact")


def _no_contact(situation: Situation) -> Advice:
    return NO_CONTACT


TOLD = Rule(
    id="told",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The outcome was told, so nothing is left to ask; a short thank-you by e-mail is fine."
    ),
    source=sources.A_AND_B,
    when=_told,
    advise=_no_contact,
)

WITHDRAWN = Rule(
    id="withdrawn",
    since=sources.FIRST_EDITION,
    because=gettext_noop("The application was withdrawn, so it needs no follow-up."),
    source=sources.A_AND_B,
    when=_withdrawn,
    advise=_no_contact,
)

ENDED = (TOLD, WITHDRAWN)

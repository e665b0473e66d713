"""Did it arrive, did somebody vouch, does the status page answer: before any follow-up."""

from __future__ import annotations

from datetime import date, timedelta

from sincerely.protocol.facts import Vouch
from sincerely.protocol.rule import Advice, Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.situation import Situation
from sincerely.protocol.verdict import Recipient
from sincerely.protocol.words import gettext_noop

RECEIPT_TIME = timedelta(days=2)
"""Only dates are known, so a full day has surely passed on the second day after."""


def _not_received(situation: Situation) -> bool:
    facts = situation.facts
    if facts.applied_on is None:
        return False
    missing = facts.receipt == "bounced" or facts.own_mail_bounced
    if facts.receipt == "awaited" and not missing:
        missing = situation.today - facts.applied_on >= RECEIPT_TIME
    if facts.contacts:
        return (missing or situation.mail_bounced()) and not situation.confirmed_arrival()
    return missing


def _confirm_arrival(situation: Situation) -> Advice:
    return Advice("email", to=situation.recipient(), not_before=situation.today)


def _vouched(situation: Situation) -> bool:
    vouch = situation.facts.vouch
    if vouch is None or not vouch.certain or not vouch.person.strip():
        return False
    if vouch.until is not None and situation.today > vouch.until:
        return False
    return not any(
        contact.about == "invited" and contact.on >= vouch.given_on and not contact.bounced
        for contact in situation.facts.contacts
    )


def _first_day(situation: Situation, vouch: Vouch) -> date:
    if vouch.channel != "call":
        return situation.today
    answered = situation.call_day(situation.today)
    # On its last days a vouch is worth more than the calendar.
    return answered if vouch.until is None else min(answered, vouch.until)


def _contact_person(situation: Situation) -> Advice:
    vouch = situation.facts.vouch
    assert vouch is not None
    return Advice(
        "call" if vouch.channel == "call" else "email",
        to=Recipient(vouch.role, vouch.person),
        not_before=_first_day(situation, vouch),
        until=vouch.until,
        uses_follow_up=True,
    )


def _status_answers(situation: Situation) -> bool:
    # A page whose own date has passed no longer answers anything.
    return situation.facts.status_answers and not situation.broken


def _read_status(situation: Situation) -> Advice:
    return Advice("read_status")


NOT_RECEIVED = Rule(
    id="not-received",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "It is not certain that the application arrived, and nobody can answer what they never got."
    ),
    source=sources.A_AND_B,
    when=_not_received,
    advise=_confirm_arrival,
)

VOUCHED = Rule(
    id="vouched",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Someone who knows this person is certain that they will not mind."),
    source=sources.B1,
    needs="vouch",
    when=_vouched,
    advise=_contact_person,
)

STATUS_PAGE = Rule(
    id="status-page",
    since=sources.FIRST_EDITION,
    because=gettext_noop("The status page already answers the question, at any hour."),
    source=sources.A_AND_B,
    when=_status_answers,
    advise=_read_status,
)

ARRIVAL = (NOT_RECEIVED, VOUCHED, STATUS_PAGE)

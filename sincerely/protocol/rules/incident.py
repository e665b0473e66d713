"""The application system failed: support first, the employer only when support stays silent."""

from __future__ import annotations

from datetime import date

from sincerely.protocol.business_days import days_after
from sincerely.protocol.rule import Advice, Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.situation import Situation
from sincerely.protocol.verdict import Recipient
from sincerely.protocol.words import gettext_noop

SUPPORT = Recipient("support")


def _is_open(situation: Situation) -> bool:
    incident = situation.facts.incident
    return (
        incident is not None
        and incident.solved_on is None
        and not situation.contacted_since(incident.failed_on)
    )


def _support_is_next(situation: Situation) -> bool:
    incident = situation.facts.incident
    if incident is None or not incident.support_exists or not _is_open(situation):
        return False
    # An answer that did not solve it leaves the matter with support.
    return incident.support_asked_on is None or incident.replied_on is not None


def _support_has_time(situation: Situation) -> bool:
    incident = situation.facts.incident
    return (
        incident is not None
        and incident.support_exists
        and _is_open(situation)
        and situation.today <= situation.support_reply_by()
    )


def _steps_are_next(situation: Situation) -> bool:
    incident = situation.facts.incident
    return incident is not None and not incident.steps_followed and _is_open(situation)


def _ask_support(situation: Situation) -> Advice:
    return Advice("ask_support", to=SUPPORT)


def _wait(situation: Situation) -> Advice:
    return Advice("wait", not_before=_after_reply_time(situation))


def _follow_steps(situation: Situation) -> Advice:
    return Advice("follow_steps")


def _call_employer(situation: Situation) -> Advice:
    return Advice(
        "call",
        to=situation.recipient(),
        not_before=situation.call_day(situation.today),
        uses_follow_up=True,
    )


def _after_reply_time(situation: Situation) -> date:
    following = days_after(situation.support_reply_by(), 1)
    incident = situation.facts.incident
    if incident is not None and incident.steps_followed:
        return situation.call_day(following)
    return following


INCIDENT_SUPPORT = Rule(
    id="incident-support",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The application system failed; those who run it can mend it, the employer usually cannot."
    ),
    source=sources.B2,
    needs="incident",
    when=_support_is_next,
    advise=_ask_support,
)

INCIDENT_WAIT = Rule(
    id="incident-wait",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Support was asked and still has time to reply."),
    source=sources.B2,
    needs="incident",
    when=_support_has_time,
    advise=_wait,
)

INCIDENT_STEPS = Rule(
    id="incident-steps",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "An employer can only act on a failure that is shown to it, so the steps of the error page"
        " come first, with notes of what was done and what came back."
    ),
    source=sources.B2,
    needs="incident",
    when=_steps_are_next,
    advise=_follow_steps,
)

INCIDENT_ESCALATE = Rule(
    id="incident-escalate",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The steps were followed and no support answered in time, so the employer should know."
    ),
    source=sources.B2,
    needs="incident",
    when=_is_open,
    advise=_call_employer,
)

INCIDENT = (INCIDENT_SUPPORT, INCIDENT_WAIT, INCIDENT_STEPS, INCIDENT_ESCALATE)

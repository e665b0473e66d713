"""Dates that were given: a missed one gives the follow-up back, a running one asks to wait."""

from __future__ import annotations

from datetime import date

from sincerely.protocol.rule import Advice, Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.situation import Situation
from sincerely.protocol.words import gettext_noop


def _broken(situation: Situation) -> bool:
    return situation.broken and not situation.used


def _law_broken(situation: Situation) -> bool:
    interviewed_on = situation.facts.interviewed_on
    if interviewed_on is None or situation.used:
        return False
    broken_on = situation.legal_break(interviewed_on)
    return broken_on is not None and broken_on <= situation.today


def follow_up(situation: Situation) -> Advice:
    """The follow-up by the employer's own channel, from today on, and what is as fine."""
    book = situation.rulebook
    instead = book.alternatives
    if book.channel == "call":
        not_before = situation.call_day(situation.today)
        return Advice("call", situation.recipient(), not_before, None, instead, True)
    return Advice("email", situation.recipient(), situation.today, None, instead, True)


def _follow_up_again(situation: Situation) -> Advice:
    advice = follow_up(situation)
    if walk_in_is_open(situation):
        return advice._replace(alternatives=(*advice.alternatives, "visit"))
    return advice


def walk_in_is_open(situation: Situation) -> bool:
    """Whether people may come in today or on a later day."""
    return situation.visit_day() is not None


def _used(situation: Situation) -> bool:
    return situation.used


def _wait_for_promise(situation: Situation) -> Advice:
    return Advice("wait", None, _opening(situation))


def _opening(situation: Situation) -> date | None:
    if not situation.running or situation.opens_on is None:
        return None
    if situation.rulebook.channel == "call":
        return situation.call_day(situation.opens_on)
    return situation.opens_on


def _must_wait_for_promise(situation: Situation) -> bool:
    policy = situation.rulebook.policy
    return situation.running and (policy is None or policy.stance == "no_follow_up_before_promise")


PROMISE_BROKEN = Rule(
    id="promise-broken",
    since=sources.FIRST_EDITION,
    because=gettext_noop("The promised date passed and nothing came."),
    source=sources.FAIRNESS,
    needs="promises",
    when=_broken,
    advise=_follow_up_again,
)

ONTARIO_45_DAYS = Rule(
    id="ontario-45-days",
    since=date(2026, 1, 1),
    because=gettext_noop(
        "In Ontario, a larger employer must tell everyone it interviewed within 45 days, and that"
        " time is over."
    ),
    source=sources.ONTARIO,
    when=_law_broken,
    advise=_follow_up_again,
    reaches_back=False,
)

ONCE = Rule(
    id="once",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The one follow-up was used; a call, a voicemail, an e-mail and a visit all count."
    ),
    source=sources.A,
    needs="contacts",
    when=_used,
    advise=_wait_for_promise,
)

PROMISE_RUNNING = Rule(
    id="promise-running",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "A date was given and lies ahead; it deserves trust, with one business day of grace."
    ),
    source=sources.A_AND_B,
    needs="promises",
    when=_must_wait_for_promise,
    advise=_wait_for_promise,
)

PROMISES = (PROMISE_BROKEN, ONTARIO_45_DAYS, ONCE, PROMISE_RUNNING)

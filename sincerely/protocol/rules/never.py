"""What is never advised, and what is said beside a verdict."""

from __future__ import annotations

from sincerely.protocol.rule import Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.situation import Situation
from sincerely.protocol.words import gettext_noop


def _promise_runs(situation: Situation) -> bool:
    return situation.running


HEAR_ANYWAY = Rule(
    id="hear-anyway",
    since=sources.FIRST_EDITION,
    because=gettext_noop("A date was given, so an answer comes by then without asking as well."),
    source="Fairness rule of this protocol: every open application has a next-heard-by date",
    kind="notes",
    needs="promises",
    beside=frozenset(
        {
            "incident-escalate",
            "not-received",
            "ontario-45-days",
            "vouched",
            "walk-in",
            "bold-culture",
            "policy-call",
            "policy-email",
        }
    ),
    when=_promise_runs,
)

NEVER_SELL = Rule(
    id="never-sell",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not sell yourself; the resume has done that already."),
    source=sources.A,
    kind="never",
)

NEVER_PUSH = Rule(
    id="never-push",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not push for an interview, a meeting or any other next step."),
    source=sources.A,
    kind="never",
)

NEVER_DROP_IN = Rule(
    id="never-drop-in",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not come by in person, except within published walk-in hours."),
    source=sources.A,
    kind="never",
)

NEVER_SECOND = Rule(
    id="never-second",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not follow up a second time, by whatever channel."),
    source=sources.A,
    kind="never",
)

NEVER_CALL = Rule(
    id="never-call",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not call; this employer asks not to be called."),
    source=f"{sources.POLICY}; {sources.B}",
    kind="never",
)

NEVER_GUILT = Rule(
    id="never-guilt",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not blame or move to pity; it puts the reader on the defence."),
    source=sources.MANNERS,
    kind="never",
)

NEVER_THREATEN = Rule(
    id="never-threaten",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Do not threaten; a complaint has its own place and time."),
    source=sources.MANNERS,
    kind="never",
)

KEEP_SHORT = Rule(
    id="keep-short",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Keep it short: who you are, which job, two questions, thanks."),
    source=sources.A,
    kind="never",
)

NEVER = (NEVER_SELL, NEVER_PUSH, NEVER_DROP_IN, NEVER_SECOND)

"""Which way, and from when on: walk-in hours, culture, the wait and the employer's policy."""

from __future__ import annotations

from datetime import date

from sincerely.protocol.policy import Stance
from sincerely.protocol.rule import Advice, Rule
from sincerely.protocol.rules import sources
from sincerely.protocol.rules.promises import follow_up, walk_in_is_open
from sincerely.protocol.situation import Situation
from sincerely.protocol.verdict import Recipient
from sincerely.protocol.words import gettext_noop


def _visit(situation: Situation) -> Advice:
    return Advice(
        "visit",
        to=Recipient("front_desk"),
        not_before=situation.visit_day(),
        until=situation.last_visit_day(),
        uses_follow_up=situation.applied_on is not None,
    )


def _not_applied(situation: Situation) -> bool:
    return situation.applied_on is None


def _apply(situation: Situation) -> Advice:
    return Advice("apply")


def _bold(situation: Situation) -> bool:
    return situation.is_bold() and situation.recipient_is_outside_hr()


def bold_but_hr(situation: Situation) -> bool:
    """The culture is bold, yet the one who would answer recruits for it from HR."""
    return situation.is_bold() and not situation.recipient_is_outside_hr()


def _call_now(situation: Situation) -> Advice:
    not_before = situation.call_day(situation.today)
    instead = situation.rulebook.alternatives
    # Where nothing is published, an e-mail is never wrong.
    instead = ("email",) if situation.rulebook.policy is None else instead
    return Advice("call", situation.recipient(), not_before, None, instead, True)


def _too_early(situation: Situation) -> bool:
    return situation.today < situation.wait_is_over_on()


def _wait(situation: Situation) -> Advice:
    return Advice("wait", None, _first_day(situation))


def _first_day(situation: Situation) -> date:
    over = situation.wait_is_over_on()
    return situation.call_day(over) if situation.rulebook.channel == "call" else over


WALK_IN = Rule(
    id="walk-in",
    since=sources.FIRST_EDITION,
    because=gettext_noop("This employer publishes hours in which people may come in."),
    source=sources.A,
    when=walk_in_is_open,
    advise=_visit,
)

NOT_APPLIED = Rule(
    id="not-applied",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Nothing was sent yet, and there is nothing to follow up before that."),
    source=sources.A,
    when=_not_applied,
    advise=_apply,
)

BOLD_CULTURE = Rule(
    id="bold-culture",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The job rewards boldness, and the one who answers works in the field and not in HR."
    ),
    source=sources.B3,
    when=_bold,
    advise=_call_now,
)

BOLD_BUT_HR = Rule(
    id="bold-but-hr",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "The job rewards boldness, but people who recruit for it from HR rarely enjoy it."
    ),
    source=sources.B3,
    kind="notes",
    beside=frozenset(
        {
            "too-early",
            "policy-call",
            "policy-email",
            "no-date-given",
            "unknown-employer",
            "unknown-employer-call",
        }
    ),
    when=bold_but_hr,
)

TOO_EARLY = Rule(
    id="too-early",
    since=sources.FIRST_EDITION,
    because=gettext_noop("Reading applications takes time, and it is too soon to ask."),
    source=f"{sources.SURVEY}: most name a wait of one week or more",
    when=_too_early,
    advise=_wait,
)

POLICY_CALL = Rule(
    id="policy-call",
    since=sources.FIRST_EDITION,
    because=gettext_noop("This employer takes one call from each applicant after the wait."),
    source=f"{sources.POLICY}; {sources.A}",
    advise=follow_up,
)

POLICY_EMAIL = Rule(
    id="policy-email",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "This employer asks for one e-mail, which can be answered without interrupting anyone."
    ),
    source=f"{sources.POLICY}; {sources.B}",
    advise=follow_up,
)

NO_DATE_GIVEN = Rule(
    id="no-date-given",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "This employer asks to wait for its date but no date stands, so one e-mail is fair."
    ),
    source=f"{sources.POLICY}; {sources.B}",
    advise=follow_up,
)

UNKNOWN_EMPLOYER = Rule(
    id="unknown-employer",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "Nothing is known of how this employer likes to be asked; one e-mail after one to two weeks"
        " disturbs least, and one short call instead is what the other school allows."
    ),
    source=f"{sources.B}; {sources.A} allows one call instead; {sources.SURVEY}",
    advise=follow_up,
)

UNKNOWN_EMPLOYER_CALL = Rule(
    id="unknown-employer-call",
    since=sources.FIRST_EDITION,
    because=gettext_noop(
        "Nothing is known of how this employer likes to be asked; one short call after a week is"
        " fine, and an e-mail instead is what the other school prefers."
    ),
    source=f"{sources.A}; {sources.B} prefers one e-mail",
    advise=follow_up,
)

LAST: dict[Stance, Rule] = {
    "email_once": POLICY_EMAIL,
    "call_once": POLICY_CALL,
    "calls_welcome": POLICY_CALL,
    "no_follow_up_before_promise": NO_DATE_GIVEN,
}
"""The rule that ends the rulebook of an employer with this stance; it matches always."""

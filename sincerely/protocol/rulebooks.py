"""The rulebooks: A and B for employers who publish nothing, and one compiled from a policy."""

from __future__ import annotations

from functools import lru_cache

from sincerely.protocol.policy import Policy
from sincerely.protocol.rule import Rule, Rulebook
from sincerely.protocol.rules.arrival import ARRIVAL
from sincerely.protocol.rules.channels import (
    BOLD_BUT_HR,
    BOLD_CULTURE,
    LAST,
    NO_DATE_GIVEN,
    NOT_APPLIED,
    POLICY_CALL,
    POLICY_EMAIL,
    TOO_EARLY,
    UNKNOWN_EMPLOYER,
    UNKNOWN_EMPLOYER_CALL,
    WALK_IN,
)
from sincerely.protocol.rules.ended import ENDED
from sincerely.protocol.rules.incident import INCIDENT
from sincerely.protocol.rules.never import HEAR_ANYWAY, NEVER, NEVER_CALL
from sincerely.protocol.rules.promises import PROMISES
from sincerely.protocol.verdict import Action

BEFORE_ANY_CHANNEL: tuple[Rule, ...] = (*ENDED, *INCIDENT, *ARRIVAL, *PROMISES)
BESIDE: tuple[Rule, ...] = (HEAR_ANYWAY, *NEVER)
UNPUBLISHED: tuple[Rule, ...] = (*BEFORE_ANY_CHANNEL, NOT_APPLIED, BOLD_CULTURE, TOO_EARLY)
ALL_RULES: tuple[Rule, ...] = (
    *BEFORE_ANY_CHANNEL,
    WALK_IN,
    NOT_APPLIED,
    BOLD_CULTURE,
    TOO_EARLY,
    POLICY_CALL,
    POLICY_EMAIL,
    NO_DATE_GIVEN,
    UNKNOWN_EMPLOYER,
    UNKNOWN_EMPLOYER_CALL,
    BOLD_BUT_HR,
    *BESIDE,
    NEVER_CALL,
)
"""Every row there is, in the order in which they are asked; for the docs and the tests."""

A = Rulebook(
    "A", (*UNPUBLISHED, UNKNOWN_EMPLOYER_CALL, BOLD_BUT_HR, *BESIDE), None, "call", ("email",)
)
"""One call after the wait."""

B = Rulebook("B", (*UNPUBLISHED, UNKNOWN_EMPLOYER, BOLD_BUT_HR, *BESIDE), None, "email", ("call",))
"""No call, with three exceptions; one e-mail after the wait. The default."""


@lru_cache(maxsize=4096)
def compile_policy(policy: Policy) -> Rulebook:
    """The rulebook of an employer who published this policy; the same object for equal ones.

    Rules that this policy can never fulfil are left out.
    """
    rows: list[Rule] = [*BEFORE_ANY_CHANNEL]
    rows += [WALK_IN] if policy.walk_in else []
    rows += [NOT_APPLIED]
    # What an employer says about calls is stronger than the culture of its field.
    rows += [BOLD_CULTURE] if policy.culture == "bold" and policy.allows_calls else []
    rows += [TOO_EARLY, LAST[policy.stance]]
    rows += [BOLD_BUT_HR] if policy.culture == "bold" else []
    rows += BESIDE
    rows += [] if policy.allows_calls else [NEVER_CALL]
    instead: tuple[Action, ...] = ("email",) if policy.stance == "calls_welcome" else ()
    return Rulebook("policy", rows, policy, "call" if policy.allows_calls else "email", instead)


def rulebook_for(policy: Policy | None, otherwise: Rulebook = B) -> Rulebook:
    """The employer's own rulebook, or another one where it published nothing."""
    return otherwise if policy is None else compile_policy(policy)

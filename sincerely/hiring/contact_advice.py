"""What the protocol says of contact about one application: the same on every page and channel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from sincerely.hiring.facts import facts_of
from sincerely.hiring.models import Application, FollowUp
from sincerely.hiring.setup import policy_of
from sincerely.kernel import clock
from sincerely.protocol.decide import decide
from sincerely.protocol.drafts import Draft, draft
from sincerely.protocol.explain import explain, title
from sincerely.protocol.facts import Facts
from sincerely.protocol.policy import Policy
from sincerely.protocol.rule import Rule
from sincerely.protocol.rulebooks import compile_policy
from sincerely.protocol.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdvice:
    """The verdict with its words, and whether the applicant may ask right now.

    `verdict` judges every contact; `asking` the plain follow-up, whoever else vouched to be asked.
    `used` is the follow-up that is used up; `opens_on` the first day on which one is fine.
    """

    verdict: Verdict
    asking: Verdict
    facts: Facts
    policy: Policy
    today: dt.date
    used: FollowUp | None

    @property
    def may_ask(self) -> bool:
        return self.asking.permits_contact

    @property
    def given_back(self) -> bool:
        """It was used before, and a missed date or a failure gives it back."""
        return self.used is not None and self.may_ask and self.asking.uses_follow_up

    @property
    def opens_on(self) -> dt.date | None:
        """None when it is open, and when no day is known."""
        return None if self.may_ask else self.asking.not_before

    @property
    def title(self) -> str:
        return title(self.verdict, gettext)

    @property
    def sentences(self) -> list[str]:
        """For the applicant: what may be done, until when, and why."""
        return explain(self.verdict, "applicant", gettext, self.today)

    @property
    def for_recruiter(self) -> list[str]:
        return explain(self.verdict, "recruiter", gettext, self.today)

    @property
    def refusal(self) -> list[str]:
        """Why the plain follow-up is not open, for the applicant."""
        return explain(self.asking, "applicant", gettext, self.today)

    @property
    def reasons(self) -> tuple[Rule, ...]:
        return self.verdict.because

    @property
    def avoid(self) -> tuple[Rule, ...]:
        return self.verdict.avoid

    @property
    def draft(self) -> Draft | None:
        """What to write or to say, ready to use."""
        return draft(self.verdict, self.facts, gettext)


def contact_advice(application: Application) -> ContactAdvice:
    """The advice as of now; takes five statements. `application` as `for_page()` reads it."""
    facts, policy = facts_of(application), policy_of(application)
    rulebook = compile_policy(policy)
    today = clock.today(application.employer.time_zone)
    verdict = decide(facts, rulebook, today)
    asking = decide(replace(facts, vouch=None), rulebook, today) if facts.vouch else verdict
    return ContactAdvice(
        verdict=verdict,
        asking=asking,
        facts=facts,
        policy=policy,
        today=today,
        used=application.follow_ups.standing().first(),
    )

"""What the protocol says of contact about one application: the same on every page and channel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from sincerely.hiring.dates import local_day
from sincerely.hiring.facts import facts_of
from sincerely.hiring.models import Application, FollowUp, Vouch
from sincerely.hiring.setup import policy_of
from sincerely.kernel import clock
from sincerely.protocol.decide import decide
from sincerely.protocol.drafts import Draft, draft
from sincerely.protocol.explain import what_to_do
from sincerely.protocol.facts import Facts
from sincerely.protocol.policy import Policy
from sincerely.protocol.rulebooks import compile_policy
from sincerely.protocol.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdvice:
    """The verdict with its words, and whether the applicant may ask right now.

    `verdict` judges every contact; `asking` the plain follow-up, whoever else vouched to be asked.
    `vouch` is the one that stands; `follow_ups` are all that were made, newest first.
    """

    verdict: Verdict
    asking: Verdict
    facts: Facts
    policy: Policy
    today: dt.date
    vouch: Vouch | None
    follow_ups: tuple[FollowUp, ...]

    @property
    def used(self) -> FollowUp | None:
        """The follow-up that stands, used up."""
        return next((each for each in self.follow_ups if each.stands), None)

    @property
    def in_touch(self) -> FollowUp | None:
        """The contact with the person who agreed to be contacted, once it was made."""
        since = self.facts.vouch.given_on if self.facts.vouch else None
        return next(
            (
                each
                for each in self.follow_ups
                if since and each.about == "invited" and local_day(each.at, each.employer) >= since
            ),
            None,
        )

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
    def what_to_do(self) -> list[str]:
        """For the applicant, without the reasons: what may be done, from when and until when."""
        return what_to_do(self.verdict, "applicant", gettext, self.today)

    @property
    def asking_now(self) -> list[str]:
        """The same for the plain follow-up: whether it is open, and if not, from when on."""
        return what_to_do(self.asking, "applicant", gettext, self.today)

    @property
    def for_recruiter(self) -> list[str]:
        """For who takes the call, without the reasons."""
        return what_to_do(self.verdict, "recruiter", gettext, self.today)

    @property
    def is_vouched(self) -> bool:
        """The person who agreed is the one to contact."""
        return self.verdict.rule == "vouched"

    @property
    def draft(self) -> Draft | None:
        """What to write or to say, ready to use."""
        return draft(self.verdict, self.facts, gettext)

    @property
    def asking_draft(self) -> Draft | None:
        """The same for the plain follow-up."""
        return draft(self.asking, self.facts, gettext)


def contact_advice(application: Application) -> ContactAdvice:
    """The advice as of now; takes six statements. `application` as `for_page()` reads it."""
    follow_ups = tuple(application.follow_ups.select_related("reply").order_by("-at", "-id"))
    today = clock.today(application.employer.time_zone)
    vouch = Vouch.objects.standing(application, today)
    facts, policy = facts_of(application, follow_ups, vouch), policy_of(application)
    rulebook = compile_policy(policy)
    verdict = decide(facts, rulebook, today)
    asking = decide(replace(facts, vouch=None), rulebook, today) if facts.vouch else verdict
    return ContactAdvice(
        verdict=verdict,
        asking=asking,
        facts=facts,
        policy=policy,
        today=today,
        vouch=vouch,
        follow_ups=follow_ups,
    )

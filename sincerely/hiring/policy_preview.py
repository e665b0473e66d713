"""What an applicant would be told under a policy, day by day: the protocol asked beforehand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext

from sincerely.accounts.models import Employer
from sincerely.hiring.contact_setup import Change
from sincerely.hiring.dates import day_begins
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.protocol.business_days import add_business_days, days_after
from sincerely.protocol.decide import decide
from sincerely.protocol.explain import title, what_to_do
from sincerely.protocol.facts import Facts, Promise
from sincerely.protocol.policy import Policy
from sincerely.protocol.policy_notes import notes
from sincerely.protocol.policy_words import sentences
from sincerely.protocol.rulebooks import compile_policy

DAYS = (1, 8, 15)
"""Counted from the day of applying, which is day 1: today, and this weekday in two weeks' time."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, in the applicant's wording."""

    title: str
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """`if_missed` is None where it makes no difference whether the employer kept its date."""

    number: int
    day: dt.date
    if_kept: Told
    if_missed: Told | None


@dataclass(frozen=True, slots=True)
class Preview:
    """A policy as applicants would meet it; `due_on` is the date that the first of them gets."""

    sentences: list[str]
    notes: list[str] = field(default_factory=list)
    days: list[PreviewDay] = field(default_factory=list)
    due_on: dt.date | None = None

    @property
    def reasons(self) -> list[str]:
        """Why, for all days, each reason once."""
        told = (told for day in self.days for told in (day.if_kept, day.if_missed) if told)
        return list(dict.fromkeys(reason for each in told for reason in each.reasons))


def preview_of(employer: Employer, change: Change) -> Preview:
    """What an applicant would be told who applies on the first day of this change.

    Their status page exists and answers; this is what it says about asking. Its receipt arrived,
    and the date is that of the first stage. Where the date is kept, the next stage gives another.
    """
    first = change.begins or clock.today(employer.time_zone)
    at = day_begins(first, employer) if change.begins else clock.now()
    policy = change.policy or setup_of(employer).policy(None, at)
    days = [stage.promise_days for stage in setup_of(employer).stages[:2]]
    said = sentences(policy)
    # A job that goes by its employer's policy has its notes on the employer's page.
    known = notes(policy, days[0] if days else 0) if change.policy else []
    if not days:
        return Preview(said, known)
    kept, missed = _facts(employer, first, days)
    shown = [_day(policy, kept, missed, number, days_after(first, number - 1)) for number in DAYS]
    return Preview(said, known, shown, missed.promises[0].due_on)


def _facts(employer: Employer, first: dt.date, days: list[int]) -> tuple[Facts, Facts]:
    """The same application twice: the employer keeps its date and gives another, or misses it."""
    place = employer.country, employer.subdivision
    due_on = add_business_days(first, days[0], *place)
    next_due_on = add_business_days(due_on, days[-1], *place)

    def applied(*promises: Promise) -> Facts:
        return Facts(
            applied_on=first,
            receipt="arrived",
            promises=promises,
            country=employer.country,
            subdivision=employer.subdivision,
        )

    kept = applied(
        Promise(made_on=first, due_on=due_on, kept_on=due_on),
        Promise(made_on=due_on, due_on=next_due_on),
    )
    return kept, applied(Promise(made_on=first, due_on=due_on))


def _day(policy: Policy, kept: Facts, missed: Facts, number: int, day: dt.date) -> PreviewDay:
    if_missed = _told(policy, missed, day)
    # Until the date has passed, nobody can know whether it will be kept.
    if_kept = if_missed if day <= missed.promises[0].due_on else _told(policy, kept, day)
    return PreviewDay(number, day, if_kept, None if if_missed == if_kept else if_missed)


def _told(policy: Policy, facts: Facts, day: dt.date) -> Told:
    verdict = decide(facts, compile_policy(policy), day)
    return Told(
        title(verdict, gettext),
        " ".join(what_to_do(verdict, "applicant", gettext, day)),
        tuple(gettext(rule.because) for rule in verdict.because if rule.id != "hear-anyway"),
    )

"""Calls and other interruptions, with the protocol and without it, over the range of assumptions.

With it, they are counted in the simulated employers' own rows. The run takes the assumptions under
which applicants interrupt most; at a lower level count those alone who would turn to the employer
there, too. Without it nothing runs: the same people, with the same wish to know, hear as rarely as
published surveys say, have no page to look at, and no date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.applying import MOST_ATTEMPTS
from sincerely.config.simulation.people import Applicant
from sincerely.config.simulation.world import House
from sincerely.hiring.models import Call, FollowUp
from sincerely.hiring.models.follow_up import Channel

LEVELS = ("low", "middle", "high")
BY_THEMSELVES = (Channel.PAGE, Channel.EMAIL)


def compare(house: House) -> Counter[str]:
    """`<level>_<what>` → a number of contacts, of one employer."""
    calls, questions = _rung(house)
    found: Counter[str] = Counter()
    for level in LEVELS:
        for key, person in house.applicants.items():
            found[f"{level}_calls"] += _counted(person, calls[key], level)
            found[f"{level}_questions"] += _counted(person, questions[key], level)
            without = contacts_without(person, level)
            found[f"{level}_without"] += without
            found[f"{level}_calls_without"] += 0 if person.by_email else without
    return found


def _rung(house: House) -> tuple[Mapping[UUID, int], Mapping[UUID, int]]:
    """By application: calls and visits of theirs, and questions of theirs that took a person."""
    calls = Call.objects.filter(by_us=False).values_list("application_id", flat=True)
    questions = FollowUp.objects.filter(answer_by__isnull=False, channel__in=BY_THEMSELVES)
    return Counter(calls), Counter(questions.values_list("application_id", flat=True))


def _counted(person: Applicant, times: int, level: str) -> int:
    """How many of the contacts that took place would have, at this level."""
    if not times or not person.turns_to_us(level):
        return 0
    meant_to = person.calls_anyway(level) or person.has_a_question(level)
    at_the_highest = person.calls_anyway("high") or person.has_a_question("high")
    # Whoever meant neither and took a person's time all the same does so at every level.
    if not meant_to and at_the_highest and not person.is_pushy(level):
        return 0
    return times if person.is_pushy(level) else 1


def contacts_without(person: Applicant, level: str) -> int:
    """How often this person would turn to an employer that gives no date and no page."""
    chance = person.chance("without")
    never, after = chance.random(), chance.expovariate(1 / (rates.HEARS_WITHIN.value * 1.4427))
    hears = float("inf") if never < rates.NEVER_HEARS.at(level) else after
    if person.wants >= rates.WANTS_TO_KNOW.at(level) or hears <= person.wait_days:
        return 0
    day, contacts = person.wait_days, 1
    while person.is_pushy(level) and contacts < MOST_ATTEMPTS:
        day += rates.PUSHY_EVERY.value
        if day >= hears or chance.random() < rates.TOLD_BY_ASKING.at(level):
            break
        contacts += 1
    return contacts

"""The demo's interviews: one to pick a time for, one tomorrow, one that took place."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.interview_answers import pick
from sincerely.hiring.interview_outcome import took_place
from sincerely.hiring.interviews import Plan, propose, schedule
from sincerely.hiring.models import Application, Interview
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at

MOVED = dt.timedelta(days=4)
PLACE = "12 Harbour Street, first floor"


def load_interviews(employer: Employer, people: list[Identity], arrive: Any) -> None:
    """Three who were with the hiring manager long enough are invited. The first of `people`
    recruits; `arrive(message, at)` lets a message of the past arrive then."""
    waiting = Application.objects.for_page().open().filter(stage__position__in=(1, 2))
    waiting = waiting.filter(stage_since__lt=clock.now() - MOVED).exclude(email="")
    found = list(waiting.exclude(name="Jo Smith").order_by("-stage_since")[:3])
    for application, load in zip(found, (_offered, _tomorrow, _held), strict=False):
        with clock_at(clock.now() - MOVED):
            application.move(employer.stages.get(name="Interview"), by=people[0])  # type: ignore[attr-defined]
        load(Application.objects.for_page().get(pk=application.pk), people)
        for message in application.messages().unsent():
            if (sent := message.hold_until or message.created_at) < clock.now():
                arrive(message, sent)


def _offered(application: Application, people: list[Identity]) -> None:
    with clock_at(_ago(hours=5)):
        times = [_at(application.employer, days, hour) for days, hour in ((2, 10), (3, 14), (4, 9))]
        propose(application, _plan(people), times, by=people[0])


def _tomorrow(application: Application, people: list[Identity]) -> None:
    tomorrow = _at(application.employer, 1, 11)
    with clock_at(_ago(days=2)):
        offer = propose(application, _plan(people), [tomorrow], by=people[0])
    with clock_at(_ago(days=1)):
        pick(_read(offer), offer.slots.get().pk)


def _held(application: Application, people: list[Identity]) -> None:
    began = clock.now() - dt.timedelta(hours=4)
    with clock_at(_ago(days=3)):
        meeting = schedule(application, _plan(people), began, by=people[0])
    with clock_at(began + dt.timedelta(hours=1)):
        took_place(_read(meeting), by=people[0])


def _plan(people: list[Identity]) -> Plan:
    return Plan("place", PLACE, 45, people[1:])


def _read(interview: Interview) -> Interview:
    return Interview.objects.for_page().get(pk=interview.pk)


def _ago(**long: float) -> dt.datetime:
    return clock.now() - dt.timedelta(**long)


def _at(employer: Employer, days: int, hour: int) -> dt.datetime:
    zone = ZoneInfo(employer.time_zone)
    day = clock.today(employer.time_zone) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(hour), zone)

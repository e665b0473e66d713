"""Who is asked to be in two places at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Interview, InterviewSlot


def clashes(
    application: Application,
    people: Sequence[Identity],
    starts: Iterable[dt.datetime],
    minutes: int,
    *,
    besides: Interview | None = None,
) -> list[str]:
    """What a recruiter should know before these times are offered, in sentences; three statements
    at most."""
    length = dt.timedelta(minutes=minutes)
    spans = [(start, start + length) for start in starts]
    others = Interview.objects.going_on().filter(application__ended_at=None)
    if besides:
        others = others.exclude(pk=besides.pk)
    keys = [person.pk for person in people]
    same = Q(people__identity__in=keys) | Q(application__candidate=application.candidate_id)
    near = others.filter(same).distinct().select_related("application__job")
    near = near.prefetch_related("people__identity")
    agreed = near.filter(_overlaps(spans))
    offered = near.filter(starts_at=None, pk__in=_offering(spans))
    said = [_sentence(each, application, keys, "is with") for each in agreed]
    return said + [_sentence(each, application, keys, "may be picked by") for each in offered]


def taken_slots(interview: Interview) -> set[Any]:
    """The ids of the slots in which one of the interviewers has agreed to meet somebody else since
    they were offered; one statement."""
    slots = list(interview.slots.all())
    keys = [person.identity_id for person in interview.people.all()]
    if not slots or not keys:
        return set()
    agreed = Interview.objects.going_on().filter(people__identity__in=keys, starts_at__isnull=False)
    agreed = agreed.exclude(pk=interview.pk)
    first, last = slots[0].starts_at, max(slot.ends_at for slot in slots)
    spans = agreed.filter(starts_at__lt=last, ends_at__gt=first).values_list("starts_at", "ends_at")
    busy = list(spans)
    return {
        slot.pk
        for slot in slots
        if any(start < slot.ends_at and end > slot.starts_at for start, end in busy)
    }


def _overlaps(spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> Q:
    found = Q(pk=None)
    for start, end in spans:
        found |= Q(starts_at__lt=end, ends_at__gt=start)
    return found


def _offering(spans: Sequence[tuple[dt.datetime, dt.datetime]]) -> Any:
    return InterviewSlot.objects.filter(_overlaps(spans)).values("interview_id")


def _sentence(other: Interview, application: Application, keys: list[Any], verb: str) -> str:
    person = other.application
    if person.candidate_id == application.candidate_id:
        return f"{application.name} has another {other.named} at that time, for {person.job.title}."
    names = [str(each.identity) for each in other.people.all() if each.identity_id in keys]
    return f"{' and '.join(names)} {verb} {person.name} at that time ({person.job.title})."

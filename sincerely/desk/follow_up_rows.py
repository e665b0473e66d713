"""Follow-ups as rows of a list: who wrote what about which job, and by when a person answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from sincerely.desk.day_groups import clock_words
from sincerely.desk.follow_up_words import CHANNELS, TOPICS, shortened
from sincerely.desk.recordings import by_follow_up
from sincerely.hiring.models import FollowUp, Recording
from sincerely.kernel.models import Event

FIRST_LINES = 260
MOST_FURTHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`icon`, `when`, `day` and `is_late` say how urgent it is; `first` is the beginning of a long
    text, else empty; `further` is what the same person wrote since, newest first. `recordings`
    are what was left on the phone line."""

    follow_up: FollowUp
    topic: str
    topic_icon: str
    channel: str
    first: str
    further: list[Event]
    recordings: list[Recording]
    icon: str
    when: str
    day: dt.date | None = None
    is_late: bool = False

    @property
    def is_spoken(self) -> bool:
        """There is no text of theirs: what they said is in the recording."""
        return bool(self.recordings) and self.follow_up.channel == FollowUp.Channel.VOICEMAIL

    @property
    def further_shown(self) -> list[Event]:
        return self.further[:MOST_FURTHER]

    @property
    def has_more_further(self) -> bool:
        return len(self.further) > MOST_FURTHER


def asked_rows(follow_ups: Iterable[FollowUp], today: dt.date) -> list[Asked]:
    """Takes one statement for all of them, two where something may have been said on the phone
    line. Each with its `application` loaded."""
    follow_ups = list(follow_ups)
    further = _further({follow_up.application_id for follow_up in follow_ups})
    spoken = by_follow_up(follow_ups)
    return [
        _asked(each, further.get(each.application_id, []), spoken.get(each.pk, []), today)
        for each in follow_ups
    ]


def _asked(
    follow_up: FollowUp, events: list[Event], recordings: list[Recording], today: dt.date
) -> Asked:
    icon, topic = TOPICS[follow_up.topic]
    lines = follow_up.text.count("\n")
    is_long = len(follow_up.text) > FIRST_LINES or lines > 4
    return Asked(
        follow_up=follow_up,
        topic=topic,
        topic_icon=icon,
        channel=CHANNELS[follow_up.channel],
        first=shortened(follow_up.text, FIRST_LINES) if is_long else "",
        further=[event for event in events if event.at > follow_up.at],
        recordings=recordings,
        **clock_words(follow_up.answer_by, today),
    )


def _further(applications: set[Any]) -> dict[UUID, list[Event]]:
    """The newest further messages about each application; one more than is shown."""
    newest = Window(RowNumber(), partition_by="about_id", order_by=F("at").desc())
    wrote = Event.objects.filter(about_id__in=applications, kind="wrote_again")
    by_application: dict[UUID, list[Event]] = {}
    for event in wrote.annotate(place=newest).filter(place__lte=MOST_FURTHER + 1).order_by("-at"):
        by_application.setdefault(event.about_id, []).append(event)
    return by_application

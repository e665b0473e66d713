"""Interviews as the desk shows them: their state in a few words, and what can be done now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sincerely.hiring.interview_answers import LATE_MINUTES, may_say_late
from sincerely.hiring.interview_words import Span, span_of
from sincerely.hiring.models import Application, Interview, InterviewCancellation, InterviewNotice
from sincerely.hiring.models.interview import Response, Way
from sincerely.hiring.models.interview_notice import NEEDS_A_PERSON, Said
from sincerely.kernel import clock

MOST_SHOWN = 10
_WHERE = {Way.PHONE: "by phone, {}", Way.VIDEO: "by video, {}", Way.PLACE: "{}"}
_TONES = {
    "accent": ("calendar", "badge-accent"),
    "wait": ("wait", "badge-info"),
    "warn": ("warning", "badge-warn"),
    "good": ("check", "badge-good"),
    "off": ("close", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One interview. `state` in words, with an icon and a tone; `asked` are the words that wait for
    a person; `is_on`: it may still be changed, `is_held`: nobody outside knows yet."""

    interview: Interview
    state: str
    tone: str
    span: Span | None
    slots: list[Span]
    where: str
    people: list[tuple[str, str]]
    notices: list[InterviewNotice]
    asked: list[InterviewNotice]
    is_on: bool
    is_held: bool
    wants_outcome: bool
    late_minutes: tuple[int, ...]

    @property
    def icon(self) -> str:
        return _TONES[self.tone][0]

    @property
    def badge(self) -> str:
        return _TONES[self.tone][1]


def lines_of(application: Application) -> list[Line]:
    """The interviews of an application, newest first; one statement where there are none."""
    rows = application.interviews.for_page().order_by("-at", "-id")
    return lines(rows.prefetch_related("notices", "cancellations")[:MOST_SHOWN])


def current_line(application: Application) -> Line | None:
    """The one that is under way."""
    return next((line for line in lines_of(application) if line.is_on), None)


def lines(interviews: Iterable[Interview]) -> list[Line]:
    """Each with its notices and cancellations read before."""
    return [_line(interview) for interview in interviews]


def _line(interview: Interview) -> Line:
    off = next((each for each in interview.cancellations.all()), None)  # type: ignore[attr-defined]
    notices = sorted(interview.notices.all(), key=lambda notice: notice.at, reverse=True)
    asked = [each for each in notices if each.said in NEEDS_A_PERSON and not each.settled_at]
    is_on = off is None and interview.took_place_at is None
    state, tone = _state(interview, off, asked, notices)
    return Line(
        interview=interview,
        state=state,
        tone=tone,
        span=span_of(interview, interview.starts_at) if interview.starts_at else None,
        slots=[span_of(interview, slot.starts_at) for slot in interview.slots.all()],
        where=_WHERE[Way(interview.way)].format(interview.where),
        people=[(str(each.identity), _answer(each)) for each in interview.people.all()],
        notices=[each for each in notices if each.said in (Said.LATE, Said.ACCEPTED)][:3],
        asked=asked,
        is_on=is_on,
        is_held=is_on and not interview.is_shown,
        wants_outcome=is_on and interview.has_begun,
        late_minutes=LATE_MINUTES if is_on and may_say_late(interview) else (),
    )


def _state(
    interview: Interview,
    off: InterviewCancellation | None,
    asked: list[InterviewNotice],
    notices: list[InterviewNotice],
) -> tuple[str, str]:
    if off:
        return str(off), "off"
    if interview.took_place_at:
        return "Took place", "good"
    if not interview.is_shown:
        return "Held: nobody outside knows yet", "wait"
    if asked:
        return asked[0].get_said_display(), "warn"
    if interview.is_over:
        return "Did it take place?", "warn"
    if interview.starts_at is None:
        return "Waits for a pick", "wait"
    coming = any(each.said == Said.ACCEPTED and each.is_applicants for each in notices)
    if interview.starts_at <= clock.now():
        return "Takes place now", "accent"
    return ("Will come", "good") if coming else ("Agreed", "accent")


def _answer(person: Any) -> str:
    return str(Response(person.response).label.lower()) if person.response else ""

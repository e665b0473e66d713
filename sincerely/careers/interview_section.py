"""The interview as the applicant's page shows it: times to pick from, or the date, and what they
can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import prefetch_related_objects

from sincerely.hiring.compose import contact_policy
from sincerely.hiring.interview_answers import (
    LATE_MINUTES,
    LONGEST_TEXT,
    has_changed_once,
    may_say_late,
)
from sincerely.hiring.interview_clashes import taken_slots
from sincerely.hiring.interview_words import Span, span_of, where_words
from sincerely.hiring.models import Interview, InterviewNotice
from sincerely.hiring.models.interview_notice import Said
from sincerely.kernel import clock
from sincerely.kernel.form_fields import LinesField


class AnotherTimeForm(forms.Form):
    use_required_attribute = False
    text = LinesField(
        longest=LONGEST_TEXT,
        label="When would it suit you?",
        help_text="A sentence is enough. It uses up no follow-up, and counts nothing against you.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write a few words, so that we can offer other times."},
    )

    def __init__(self, data: Any = None) -> None:
        # The question on the same page has a text, too.
        super().__init__(data, auto_id="another_%s")


@dataclass(frozen=True, slots=True)
class Slot:
    """One time to pick; `gone` says why it cannot be picked any more."""

    key: UUID
    span: Span
    gone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`span` is the agreed date, `slots` the times to pick from where none is agreed. `asked` is
    what the applicant asked for and nobody answered yet, `late` and `we_are_late` the minutes that
    were said. `call_instead` says how to reach somebody where another change is not free."""

    interview: Interview
    span: Span | None
    slots: list[Slot]
    where: str
    link: str
    people: list[str]
    asked: InterviewNotice | None
    late: int
    we_are_late: int
    late_minutes: tuple[int, ...]
    call_instead: str
    form: AnotherTimeForm

    @property
    def all_gone(self) -> bool:
        return all(slot.gone for slot in self.slots)


def section_of(interview: Interview, form: AnotherTimeForm | None = None) -> Section:
    """What the page shows of it; `form` is what could not be taken, with what was written."""
    prefetch_related_objects([interview], "people__identity", "slots")
    said = list(interview.notices.order_by("-at"))
    start, changed = interview.starts_at, interview.starts_at and has_changed_once(interview)
    return Section(
        interview=interview,
        span=span_of(interview, start) if start else None,
        slots=[] if start else _slots(interview),
        where=where_words(interview),
        link=interview.where if interview.where.startswith("https://") else "",
        people=[str(identity) for identity in interview.members()],
        asked=next((each for each in said if _waits(each)), None),
        late=_late(said, own=True),
        we_are_late=_late(said, own=False),
        late_minutes=LATE_MINUTES if may_say_late(interview) else (),
        call_instead=contact_policy(interview.application) if changed else "",
        form=form or AnotherTimeForm(),
    )


def _slots(interview: Interview) -> list[Slot]:
    taken, now = taken_slots(interview), clock.now()
    return [
        Slot(
            slot.pk,
            span_of(interview, slot.starts_at),
            gone="has passed" if slot.starts_at <= now else "is taken" if slot.pk in taken else "",
        )
        for slot in interview.slots.all()
    ]


def _waits(notice: InterviewNotice) -> bool:
    asks: Any = notice.said in (Said.ANOTHER_TIME, Said.DECLINED)
    return bool(asks and notice.is_applicants and notice.settled_at is None)


def _late(said: list[InterviewNotice], *, own: bool) -> int:
    """The newest word on it, in minutes; 0 for none."""
    late = (each for each in said if each.said == Said.LATE and each.is_applicants == own)
    return next((each.minutes or 0 for each in late), 0)

"""Of the demo's follow-ups those that need more than the true state: a question that is overdue,
somebody who needs something today, and one that a missed date gave back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from sincerely.accounts.models import Employer
from sincerely.hiring.asking import ANSWER_WITHIN, NotYet, ask, write_again
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.lateness import wake
from sincerely.hiring.models import Application, FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at

DAY = dt.timedelta(days=1)
Deliver = Callable[[Application, dt.datetime], None]

QUESTION = """I have been asked to say by next week whether I stay where I am, so I would like to \
plan a little. Is the early shift fixed, or does it change from week to week? I bring my daughter \
to school at half past seven and would be at your door at eight.

And is there a place for a bicycle?"""
ADJUSTMENT = "I am hard of hearing. Could we meet in person instead of talking on the phone?"


def load_questions(employer: Employer, deliver: Deliver) -> None:
    """`deliver(application, at)` lets what was sent in the past arrive in the past."""
    _give_one_back(deliver)
    if late := _ask((6, 7, 8, 5), Topic.QUESTION, deliver, QUESTION):
        yesterday = clock.now() - DAY
        with clock_at(yesterday):
            write_again(late.application, "I forgot: mornings would be best to call me.")
        deliver(late.application, yesterday)
    _ask((_days_before_an_answer(employer),), Topic.ADJUSTMENT, deliver, ADJUSTMENT)


def _days_before_an_answer(employer: Employer) -> int:
    """How long ago somebody asked who is answered today; on a holiday nobody is."""
    now = clock.now()
    for days in range(1, 9):
        with clock_at(now - days * DAY):
            answered = date_to_promise(employer, ANSWER_WITHIN)
        if answered == clock.today(employer.time_zone):
            return days
    return 1


def _give_one_back(deliver: Deliver) -> None:
    """Somebody asked before a date, which was then missed."""
    for application in _quiet():
        promise = application.promises.open().order_by("made_at").last()
        if promise is None:
            continue
        due = dt.datetime.combine(promise.due_on, dt.time(12), dt.UTC)
        later = due + 3 * DAY
        if later < clock.now() and _ask_about(application, due - DAY, Topic.STATUS, deliver):
            with clock_at(later):
                wake(promise)
            return deliver(application, later)


def _ask(
    days_ago: Iterable[int], topic: Topic, deliver: Deliver, text: str = ""
) -> FollowUp | None:
    """The first applicant, at the first of these days, who may ask."""
    for days in days_ago:
        for application in _quiet():
            at = clock.now() - days * DAY
            if row := _ask_about(application, at, topic, deliver, text):
                return row
    return None


def _ask_about(
    application: Application, at: dt.datetime, topic: Topic, deliver: Deliver, text: str = ""
) -> FollowUp | None:
    if application.applied_at > at - DAY:
        return None
    with clock_at(at):
        try:
            row = ask(application, topic, text=text)
        except NotYet:
            return None
    deliver(application, at)
    return row


def _quiet() -> Iterable[Application]:
    """Open applications of people who have not asked yet, and whose mail arrives."""
    rows = Application.objects.open().for_page().filter(follow_ups=None)
    return rows.exclude(email__startswith="bounce").exclude(name="Jo Smith").order_by("applied_at")

"""A date passed and the applicant heard nothing: they are told, honestly, with a new date.

What wakes is only a hint; whether the date was missed is decided again here, and claimed by
compare-and-swap, so that a job may run twice.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sincerely.hiring.compose import compose
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.dates import date_to_promise, in_words, morning_after
from sincerely.hiring.letters import send
from sincerely.hiring.models import Application, Promise
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.quiet_hours import shown_at
from sincerely.kernel import clock

# Business days: the new date is never further off, and nobody stays silent for longer.
SOON = 5
A_DAY = dt.timedelta(days=1)


def wake(promise: Promise) -> bool:
    """See whether the date was missed, and tell the applicant so; says whether it was.

    An employer may want to be asked first: then its people see the miss at once, and the applicant
    is told after SOON business days, unless they have heard by then.
    """
    with transaction.atomic():
        if not _claim(promise):
            return False
        application = Application.objects.for_page().get(pk=promise.application_id)
        application.lock()
        if _was_replaced(application, promise) or _looks_again(application, promise):
            return False
        if promise.missed_at is None:
            _note(application, promise)
        if not _waits_to_be_asked(application, promise):
            _tell(application, promise)
    return True


def _claim(promise: Promise) -> bool:
    """Take what was seen for this run, once."""
    seen = Promise.objects.filter(pk=promise.pk, wake_at=promise.wake_at, outcome=Outcome.OPEN)
    if seen.update(wake_at=None) != 1:
        return False
    promise.refresh_from_db()
    return True


def _was_replaced(application: Application, promise: Promise) -> bool:
    """A later date was given: that one is looked after."""
    newest = application.promises.exclude(outcome=Outcome.REPLACED).order_by("-made_at").first()
    return newest != promise


def _looks_again(application: Application, promise: Promise) -> bool:
    """Whether it is no miss as yet, and when to look once more: the date or the zone may have
    changed since, and an end that was decided may be taken back before it is told."""
    now, over = clock.now(), morning_after(promise.due_on, application.employer)
    if now >= over and application.is_open:
        return False
    _wake_at(promise, over if now < over else now + A_DAY)
    return True


def _wake_at(promise: Promise, at: dt.datetime) -> None:
    Promise.objects.filter(pk=promise.pk).update(wake_at=at)


def _note(application: Application, promise: Promise) -> None:
    """The miss is a fact from now on, and gives the follow-up back."""
    promise.missed_at = clock.now()
    promise.save(update_fields=["missed_at"])
    application.record("promise_missed", by="sincerely", data={"due_on": str(promise.due_on)})
    advice = contact_advice(application)
    if advice.used and advice.given_back:
        advice.used.give_back(advice.asking.because[0].because)


def _waits_to_be_asked(application: Application, promise: Promise) -> bool:
    employer = application.employer
    latest = morning_after(promise.due_on, employer, business_days=SOON)
    if not employer.asks_before_late_notes or clock.now() >= latest:
        return False
    _wake_at(promise, latest)
    return True


def _tell(application: Application, promise: Promise) -> None:
    """Without an address nobody can be told, and so nothing new is promised: a person has to."""
    if not application.email:
        return
    days = min(application.stage.promise_days, SOON)
    due_on = date_to_promise(application.employer, days)
    said = {"missed_date": in_words(promise.due_on)}
    message = send(application, "late", compose(application, "late", due_on=due_on, said=said))
    application.promise(due_on, shown_at=shown_at(application.employer, "late"), message=message)

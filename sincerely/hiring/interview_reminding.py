"""Everybody is reminded of an interview on the morning of the day before, once.

What wakes is only a hint; whether there is something to remind of is decided again here, and
claimed by compare-and-swap, so that a job may run twice.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sincerely.hiring.interview_dates import reminder_of
from sincerely.hiring.interview_mail import tell
from sincerely.hiring.interview_team_mail import tell_team
from sincerely.hiring.models import Interview
from sincerely.kernel import clock


def wake(interview: Interview) -> bool:
    """Remind the applicant and the interviewers; says whether that was done now."""
    with transaction.atomic():
        if not _claim(interview) or not _is_on(interview):
            return False
        if again := _looks_again(interview):
            Interview.objects.filter(pk=interview.pk).update(wake_at=again)
            return False
        tell(interview, "interview_reminder", near=None)
        tell_team(interview, "interviewer_reminder")
    return True


def _claim(interview: Interview) -> bool:
    """Take what was seen for this run, once."""
    seen = Interview.objects.filter(pk=interview.pk, wake_at=interview.wake_at)
    return interview.wake_at is not None and seen.update(wake_at=None) == 1


def _is_on(interview: Interview) -> bool:
    """Still to come, whatever the clock did meanwhile."""
    planned = Interview.objects.planned().filter(pk=interview.pk, starts_at__gt=clock.now())
    return bool(planned.exists())


def _looks_again(interview: Interview) -> dt.datetime | None:
    """When to look once more: the employer's zone may have changed since, and what was decided on
    the application may be taken back before it is told."""
    due = reminder_of(interview)
    if clock.now() < due:
        return due
    closure = interview.application.closure
    return closure.shown_at if closure and closure.shown_at > clock.now() else None

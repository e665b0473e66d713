"""What somebody owes about an interview: nobody picked, somebody asked or said no, or its time is
over and nobody said whether it took place. Querysets of interviews, for Today."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from sincerely.hiring.models import Interview, InterviewNotice
from sincerely.kernel import clock


def unpicked(applications: Any, *, today: Any) -> Any:
    """Those whose applicant was to pick a time by a day that is over, and did not."""
    waiting = _of(applications).filter(starts_at=None, pick_by__lt=today)
    return waiting.filter(~Exists(_asked())).order_by("pick_by", "id")


def asked_about(applications: Any) -> Any:
    """Those for which another time is wanted, or somebody cannot come."""
    return _of(applications).filter(Exists(_asked())).order_by("id")


def without_outcome(applications: Any) -> Any:
    """Those whose time is over, and of which nobody said whether they took place."""
    over = _of(applications).filter(ends_at__lte=clock.now()).filter(~Exists(_asked()))
    return over.order_by("starts_at", "id")


def _of(applications: Any) -> Any:
    return Interview.objects.going_on().filter(application__in=applications.open())


def _asked() -> Any:
    return InterviewNotice.objects.open().filter(interview=OuterRef("pk"))

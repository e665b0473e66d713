from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at
from tests.hiring.policies import NOON


@pytest.fixture
def noon(request: Any) -> Iterator[dt.datetime]:
    """It is noon at the diner, which was founded thirty days ago."""
    with clock_at(NOON - dt.timedelta(days=30)):
        request.getfixturevalue("diner")
    with clock_at(NOON):
        yield NOON


@pytest.fixture
def jo_as_waiter(
    cook: Job, jo: Application, rosa: Identity, apply: Callable[..., Application]
) -> Application:
    """Jo's second application, for another job of the diner."""
    with cook.employer.scope():
        waiter = Job.objects.create(title="Waiter", slug="waiter", recruiter=rosa)
        waiter.open(by=rosa)
        return apply(Job.objects.select_related("employer", "recruiter").get(pk=waiter.pk))

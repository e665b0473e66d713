"""People whom an employer would like to meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at
from tests.hiring.meetings import NOON, to_interview


@pytest.fixture
def thursday_noon(at_diner: Employer) -> Iterator[None]:
    """It is noon in New York, on a Thursday, and the test acts for the diner."""
    with clock_at(NOON):
        yield


@pytest.fixture
def someone(
    thursday_noon: None, cook: Job, apply: Callable[..., Application], rosa: Identity
) -> Callable[..., Application]:
    """`someone("Sam")`: who applied two days ago, and whom we would like to meet."""

    def send(name: str, **given: str) -> Application:
        email = f"{name.lower().replace(' ', '.')}@example.org"
        with clock_at(NOON - dt.timedelta(days=2)):
            one = apply(cook, name=name, **{"email": email} | given)
        return to_interview(one, rosa)

    return send


@pytest.fixture
def met(someone: Callable[..., Application]) -> Application:
    """Jo, whom we would like to meet."""
    return someone("Jo Smith", email="jo@example.org")

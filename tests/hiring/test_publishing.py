from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import PolicyVersion
from sincerely.hiring.publishing import walk_in_now
from sincerely.kernel.clock import clock_at


@pytest.fixture
def open_door(at_diner: Employer) -> Employer:
    walk_in = {"place": "12 Harbour Street", "hours": ["Mon-Fri 14:00-17:00"]}
    policy = PolicyVersion.objects.get()
    policy.published, policy.in_force_from = (
        {"walk_in": walk_in},
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    policy.save()
    at_diner.refresh_from_db()
    return at_diner


@pytest.mark.parametrize(
    ("utc", "now", "is_open"),
    [
        # New York is five hours behind; the hours are those of its clocks.
        ("2026-11-24T18:59", "Today, 14:00 to 17:00", False),
        ("2026-11-24T19:00", "Open now, until 17:00", True),
        ("2026-11-24T22:00", "Next: tomorrow, 14:00 to 17:00", False),
        # Already Wednesday in London, still Tuesday evening at the diner.
        ("2026-11-25T01:00", "Next: tomorrow, 14:00 to 17:00", False),
        # Thanksgiving.
        ("2026-11-26T20:00", "Next: tomorrow, 14:00 to 17:00", False),
        # Four hours behind in summer.
        ("2026-07-07T18:30", "Open now, until 17:00", True),
    ],
)
def test_the_door_is_open_by_the_clock_beside_it(
    open_door: Employer, utc: str, now: str, is_open: bool
) -> None:
    with clock_at(dt.datetime.fromisoformat(f"{utc}+00:00")):
        found = walk_in_now(open_door)
    assert found
    assert (found.now, found.is_open) == (now, is_open)
    assert (found.place, found.hours) == ("12 Harbour Street", "Monday to Friday, 14:00 to 17:00")


def test_without_published_hours_there_is_no_door(at_diner: Employer) -> None:
    assert walk_in_now(at_diner) is None

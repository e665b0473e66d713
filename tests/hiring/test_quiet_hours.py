from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.quiet_hours import after_quiet_hours
from sincerely.hiring.status import status_of
from sincerely.kernel.clock import clock_at

NEW_YORK = ZoneInfo("America/New_York")
LATE = dt.datetime(2026, 12, 1, 23, 30, tzinfo=NEW_YORK)
MORNING = dt.datetime(2026, 12, 2, 8, tzinfo=NEW_YORK)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def quiet(at_diner: Employer) -> None:
    """The diner writes nobody between nine in the evening and eight in the morning."""
    at_diner.quiet_from, at_diner.quiet_until = dt.time(21), dt.time(8)
    at_diner.save()


@pytest.fixture
def tonight(jo: Application) -> Application:
    return Application.objects.for_page().get(pk=jo.pk)


@pytest.mark.parametrize(
    ("at", "goes_out"),
    [
        (LATE, MORNING),
        (MORNING - MINUTE, MORNING),
        (MORNING, MORNING),
        (MORNING.replace(hour=20, minute=59), MORNING.replace(hour=20, minute=59)),
        (MORNING.replace(hour=21), MORNING + dt.timedelta(days=1)),
    ],
)
def test_a_message_waits_for_the_morning(
    at_diner: Employer, at: dt.datetime, goes_out: dt.datetime
) -> None:
    assert after_quiet_hours(at_diner, at) == goes_out


def test_they_may_lie_within_a_day(at_diner: Employer) -> None:
    at_diner.quiet_from, at_diner.quiet_until = dt.time(12), dt.time(14)
    noon = MORNING.replace(hour=13)
    assert after_quiet_hours(at_diner, noon) == MORNING.replace(hour=14)
    assert after_quiet_hours(at_diner, MORNING) == MORNING


def test_the_night_of_summer_time_ends_at_eight_by_the_clock(at_diner: Employer) -> None:
    night = dt.datetime(2027, 3, 13, 23, tzinfo=NEW_YORK)
    assert after_quiet_hours(at_diner, night) == dt.datetime(2027, 3, 14, 12, tzinfo=dt.UTC)


def test_without_them_everything_goes_at_once(at_diner: Employer) -> None:
    at_diner.quiet_from = at_diner.quiet_until = None
    assert after_quiet_hours(at_diner, LATE) == LATE


def test_a_decision_shows_no_earlier_than_its_message_goes(
    tonight: Application, rosa: Identity
) -> None:
    with clock_at(LATE):
        closure = tonight.decline(by=rosa)
    assert closure.message
    assert closure.message.hold_until == closure.shown_at == MORNING
    with clock_at(MORNING - MINUTE):
        assert status_of(tonight).ended is None
        tonight.undo(by=rosa)
    assert tonight.is_open


def test_a_move_and_its_date_show_no_earlier_than_their_message_goes(
    tonight: Application, at_diner: Employer, rosa: Identity
) -> None:
    with clock_at(LATE):
        entry = tonight.move(at_diner.stages.get(name="Interview"), by=rosa)
    promise = tonight.promises.get(message=entry.message)
    assert entry.message.hold_until == entry.shown_at == promise.shown_at == MORNING


def test_what_answers_the_applicant_goes_at_once(tonight: Application) -> None:
    later = dt.datetime(2027, 3, 1, 23, 30, tzinfo=NEW_YORK)
    with clock_at(later):
        answer = ask(tonight, Topic.STATUS).answer
    assert answer
    assert answer.hold_until is None


def test_a_withdrawal_is_confirmed_after_its_minute(tonight: Application) -> None:
    with clock_at(LATE):
        closure = tonight.withdraw()
    assert closure.shown_at == LATE
    assert closure.message
    assert closure.message.hold_until == LATE + MINUTE

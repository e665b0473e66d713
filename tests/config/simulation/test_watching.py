"""The daily check finds who has neither a date nor an end, and lets alone who has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.config.simulation.agenda import Agenda
from sincerely.config.simulation.watching import Watch, untold
from sincerely.config.simulation.world import House
from sincerely.hiring.models import Application
from sincerely.kernel.clock import clock_at, now

THURSDAY = dt.date(2026, 12, 3)
NEW_YORK = ZoneInfo("America/New_York")


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour, tzinfo=NEW_YORK)


@pytest.fixture
def house(at_diner: Employer) -> House:
    return House(0, 1, at_diner, Agenda(), [], [])


@pytest.fixture
def due(jo: Application) -> Application:
    """Jo hears by Thursday, 3 December."""
    jo.promises.update(due_on=THURSDAY)
    return jo


def found(house: House, when: dt.datetime) -> Watch:
    watch = Watch()
    with clock_at(when):
        watch.look(house)
    return watch


@pytest.mark.parametrize(
    ("when", "silent"),
    [
        (at(3, 23), False),  # still the day
        (at(4, 9), False),  # the note goes out in this morning
        (at(4, 11), True),
    ],
)
def test_a_date_that_passed_in_silence_is_none(
    house: House, due: Application, when: dt.datetime, silent: bool
) -> None:
    assert (due.pk in found(house, when).without) == silent


def test_an_employer_that_is_asked_first_has_five_business_days(
    house: House, due: Application
) -> None:
    house.employer.asks_before_late_notes = True
    assert not found(house, at(9, 12)).without
    assert found(house, at(10, 12)).without == {due.pk}


def test_no_date_at_all_is_found_and_an_end_excuses_it_once_it_shows(
    house: House, jo: Application, rosa: Identity
) -> None:
    jo.promises.all().delete()
    assert found(house, now()).without == {jo.pk}
    closure = jo.decline(by=rosa)
    assert found(house, now()).without == {jo.pk}
    assert not found(house, closure.shown_at).without


def test_who_gave_no_address_waits_for_a_call_and_is_counted_apart(
    house: House, due: Application
) -> None:
    Application.objects.filter(pk=due.pk).update(email="")
    watch = found(house, at(7, 12))
    assert (watch.without, watch.late) == (set(), {due.pk})


def test_untold_are_those_without_an_end_and_those_whose_end_is_not_proven(
    house: House, jo: Application, rosa: Identity, apply: Callable[..., Application]
) -> None:
    apply(jo.job, name="Sam", email="sam@example.org")
    jo.decline(by=rosa)
    assert untold(house) == {"without_end": 1, "not_told": 1}
    jo.closures.update(told_at=now())
    assert untold(house)["not_told"] == 0

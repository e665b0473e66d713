"""What anybody may read is worked out from the ledger, and rests on enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job
from sincerely.hiring.responsiveness import LEAST, publish, responsiveness_of
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("at_diner")


@pytest.fixture
def told(cook: Job, apply: Callable[..., Application], rosa: Identity) -> list[Application]:
    """LEAST people who applied ten days ago and were told how it ended four days later."""
    with clock_at(now() - 10 * DAY):
        sent = [apply(cook, name=f"A {n}", email=f"a{n}@example.org") for n in range(LEAST)]
    with clock_at(now() - 6 * DAY):
        for application in sent:
            application.decline(by=rosa)
    with clock_at(now() - 6 * DAY + dt.timedelta(hours=1)):
        for application in sent:
            for message in application.messages().unsent():
                message.settle(Message.State.DELIVERED, source="dsn")
    return sent


def numbers(employer: Employer) -> list[str | None]:
    return [statement.number for statement in responsiveness_of(employer).statements]


def test_enough_applications_make_three_figures(diner: Employer, told: list[Application]) -> None:
    assert numbers(diner) == ["100%", "4 days", "100%"]
    assert responsiveness_of(diner).applications == LEAST


def test_one_fewer_says_nothing(diner: Employer, told: list[Application]) -> None:
    Application.objects.filter(pk=told[0].pk).update(applied_at=now() - 800 * DAY)
    told[0].promises.update(due_on=dt.date(2020, 1, 1))
    told[0].closures.update(at=now() - 800 * DAY)
    assert numbers(diner) == [None, None, None]


def test_what_is_held_for_undo_changes_no_public_figure(
    diner: Employer,
    cook: Job,
    apply: Callable[..., Application],
    told: list[Application],
    rosa: Identity,
) -> None:
    """Nobody learns from outside that a decision was made."""
    one = apply(cook, name="Lee", email="lee@example.org")
    before = responsiveness_of(diner)
    one.decline(by=rosa)
    with clock_at(now() + dt.timedelta(hours=1)):  # not from memory
        assert responsiveness_of(diner) == before


def test_it_is_off_until_an_admin_wants_it_and_who_did_is_kept(
    diner: Employer, ada: Identity
) -> None:
    assert not diner.publishes_responsiveness
    assert publish(diner, True, by=ada)
    assert not publish(diner, True, by=ada)
    assert [event.by for event in Event.objects.about(diner).filter(kind="responsiveness")] == [
        "Ada"
    ]

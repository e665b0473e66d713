from __future__ import annotations

import datetime as dt
from typing import Any

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Reason
from sincerely.hiring.one_message import take_over_held
from sincerely.hiring.wording import Wording
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

MINUTES = dt.timedelta(minutes=1)


def queued() -> list[Message]:
    return list(Message.objects.filter(kind="declined", state=Message.State.QUEUED))


def test_two_decisions_within_the_undo_window_are_told_by_one_message(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    first = jo.decline(by=rosa)
    with clock_at(now() + 5 * MINUTES):
        second = jo_as_waiter.decline(by=rosa)
        (message,) = queued()
        assert "Waiter and Line cook" in message.text
        first.refresh_from_db()
        assert first.message == second.message == message
        assert first.shown_at == second.shown_at
    message.settle(Message.State.DELIVERED, source="dsn")
    first.refresh_from_db()
    assert first.told_at


def test_each_of_the_two_is_taken_back_by_itself(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    jo.decline(by=rosa)
    with clock_at(now() + 5 * MINUTES):
        jo_as_waiter.decline(by=rosa)
        jo_as_waiter.undo(by=rosa)
        (message,) = queued()
    assert "Line cook" in message.text
    assert "Waiter" not in message.text
    closure = jo.closure
    assert closure
    assert closure.message == message
    assert jo_as_waiter.is_open


def test_what_a_recruiter_wrote_for_one_job_stays_a_message_of_its_own(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    own = Wording("The kitchen", "We have no place in the kitchen.")
    jo.decline(by=rosa, message=own)
    jo_as_waiter.decline(by=rosa)
    assert len(queued()) == 2


def test_a_message_whose_window_is_over_is_joined_by_nothing(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    jo.decline(by=rosa)
    with clock_at(now() + 11 * MINUTES):
        jo_as_waiter.decline(by=rosa)
    assert len(queued()) == 2


def test_where_nothing_is_held_nothing_is_taken_over_for_one_statement(
    jo: Application, at_diner: Employer, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert not take_over_held([[jo]], Reason.DECLINED, lambda group: Wording("", ""))

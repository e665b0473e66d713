from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.suppressing import CAME_BACK, lost

Queue = Callable[..., Message]
State = Message.State
ABOUT = uuid4()


def comes_back(
    queue: Queue, evidence: str = "failed 5.1.1 no such user", **given: object
) -> Message:
    message = queue(about_id=ABOUT, **given)
    message.settle(State.SENT, source="smtp reply")
    message.settle(State.BOUNCED, source="dsn", evidence=evidence)
    return message


def test_one_mail_that_came_back_stops_nothing(queue: Queue) -> None:
    comes_back(queue)
    assert Suppression.objects.stopping("jo@example.org") is None


def test_the_second_one_does(queue: Queue) -> None:
    comes_back(queue)
    comes_back(queue)
    stop = Suppression.objects.stopping("jo@example.org")
    assert (stop.reason, stop.by) == (CAME_BACK, "sincerely")


@pytest.mark.parametrize(
    "evidence", ["failed 5.2.2 full", "DATA: 550 5.7.1 spam", "failed 4.4.7", ""]
)
def test_a_full_mailbox_or_a_refused_text_never_does(queue: Queue, evidence: str) -> None:
    for _ in range(3):
        comes_back(queue, evidence)
    assert Suppression.objects.count() == 0


def test_nor_two_with_one_that_arrived_in_between(queue: Queue) -> None:
    comes_back(queue)
    arrived = queue(about_id=ABOUT)
    arrived.settle(State.DELIVERED, source="dsn")
    comes_back(queue)
    assert Suppression.objects.count() == 0


def test_nor_two_to_different_addresses(queue: Queue) -> None:
    comes_back(queue)
    comes_back(queue, to_address="jo@example.net")
    assert Suppression.objects.count() == 0


def test_what_was_taken_back_is_not_lost_and_what_was_stopped_is(
    queue: Queue, run_jobs: Callable[[], list[str]]
) -> None:
    queue().skip("Rosa took it back")
    stopped = queue(to_address="jo@example.net")
    Suppression.objects.suppress("jo@example.net", "asked us to stop")
    run_jobs()
    assert lost().get() == stopped

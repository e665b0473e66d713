from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.kernel import clock
from sincerely.kernel.limits import forget_old_counts
from sincerely.outbox import outage
from sincerely.outbox.models import Message
from sincerely.outbox.pace import SHARE
from tests.outbox.mail_server import Manners
from tests.plugins.jobs import waiting_jobs

Queue = Callable[..., Message]
Run = Callable[..., list[str]]
State = Message.State
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def tries() -> int:
    return sum(Message.objects.values_list("attempts", flat=True))


@pytest.mark.parametrize("setting", ["MAIL_PER_EMPLOYER", "MAIL_PER_DOMAIN"])
def test_what_is_over_the_rate_waits_for_the_next_minutes(
    queue: Queue, run_jobs: Run, mail_server: Manners, settings: LazySettings, setting: str
) -> None:
    setattr(settings, setting, 3)
    for _ in range(8):
        queue()
    run_jobs()
    assert states() == {State.SENT: 3, State.QUEUED: 5}
    waiting = Message.objects.unsent().order_by("wake_at")
    assert {message.attempts for message in waiting} == {0}
    assert not any(message.deliveries.exists() for message in waiting)
    minutes = [(message.wake_at - clock.now()) / MINUTE for message in waiting]
    assert minutes == pytest.approx([4 / 3, 5 / 3, 2, 7 / 3, 8 / 3], abs=0.05)

    forget_old_counts(dt.timedelta())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_counter")
    with clock.clock_at(clock.now() + 2 * MINUTE + 6 * SECOND):
        run_jobs()
    assert states() == {State.SENT: 6, State.QUEUED: 2}


def test_another_domain_does_not_wait(
    queue: Queue, run_jobs: Run, mail_server: Manners, settings: LazySettings
) -> None:
    settings.MAIL_PER_DOMAIN = 1
    for address in ("jo@example.org", "jo@EXAMPLE.org", "jo@example.net"):
        queue(to_address=address)
    run_jobs()
    assert sorted(got.recipients[0] for got in mail_server.got) == [
        "jo@example.net",
        "jo@example.org",
    ]


def test_no_employer_s_thousands_hold_up_another_s_receipt(
    at_diner: Employer, hospital: Employer, run_jobs: Run, mail_server: Manners, queue: Queue
) -> None:
    for _ in range(3 * SHARE):
        queue()
    with hospital.scope():
        hospital.messages.queue(
            kind="receipt", to_address="jo@hospital.example", subject="Hello", text="Hello"
        )
    run_jobs()
    to = [got.recipients[0] for got in mail_server.got]
    assert len(to) == 3 * SHARE + 1
    assert to.index("jo@hospital.example") <= SHARE + 1


def test_two_employers_with_thousands_take_turns(
    at_diner: Employer, hospital: Employer, run_jobs: Run, mail_server: Manners, queue: Queue
) -> None:
    for _ in range(2 * SHARE):
        queue(to_address="jo@diner.example")
    with hospital.scope():
        for _ in range(2 * SHARE):
            hospital.messages.queue(
                kind="receipt", to_address="jo@hospital.example", subject="Hello", text="Hello"
            )
    run_jobs()
    to = [got.recipients[0] for got in mail_server.got]
    half = Counter(to[: 2 * SHARE])
    assert len(to) == 4 * SHARE
    assert min(half.values()) >= SHARE - 1


def test_alone_an_employer_is_not_put_behind(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    for _ in range(SHARE + 10):
        queue()
    run_jobs()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE priority < 0")
        assert cursor.fetchone() == (0,)


def test_a_server_that_is_down_is_asked_by_one_message_a_minute(
    queue: Queue, run_jobs: Run, no_mail_server: None
) -> None:
    for _ in range(20):
        queue()
    run_jobs()
    assert (tries(), states()) == (outage.FAILURES, {State.QUEUED: 20})
    assert len(waiting_jobs()) == 20
    with clock.clock_at(clock.now() + outage.PAUSE + 10 * SECOND):
        run_jobs()
    assert tries() == outage.FAILURES + 1


def test_after_the_outage_everything_goes_out(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    mail_server.greeting = "421 4.3.2 Not now"
    for _ in range(10):
        queue()
    run_jobs()
    mail_server.greeting = ""
    now = clock.now()
    for minutes in range(1, 6):
        with clock.clock_at(now + minutes * MINUTE):
            run_jobs()
    assert states() == {State.SENT: 10}


def test_who_waits_through_an_outage_is_given_to_a_person_after_five_days(
    queue: Queue, run_jobs: Run, no_mail_server: None
) -> None:
    for _ in range(5):
        queue()
    now = began = clock.now()
    while states()[State.FAILED] < 5:
        with clock.clock_at(now):
            run_jobs()
        now += 120 * MINUTE
        assert now - began < dt.timedelta(days=5, hours=5)
    assert now - began > dt.timedelta(days=5)

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.kernel import clock
from sincerely.kernel.tenancy import OutsideEmployer
from sincerely.outbox.deliver import claim_limit, deliver
from sincerely.outbox.jobs import PATIENCE, sweep_messages
from sincerely.outbox.models import Delivery, Message
from sincerely.outbox.signals import message_settled
from tests.outbox.mail_server import Manners
from tests.plugins.jobs import waiting_jobs

Queue = Callable[..., Message]
Run = Callable[..., list[str]]
State = Message.State
MINUTES = dt.timedelta(minutes=1)


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


@pytest.fixture
def settled() -> Any:
    """What the rooms above are told."""
    told: list[str] = []

    def listen(sender: Any, message: Message, state: str, **more: Any) -> None:
        assert connection.in_atomic_block
        told.append(str(state))

    message_settled.connect(listen)
    yield told
    message_settled.disconnect(listen)


def test_queueing_takes_one_statement(at_diner: Employer, queue: Queue) -> None:
    with CaptureQueriesContext(connection) as statements, transaction.atomic():
        queue()
    said = [query["sql"] for query in statements if "SAVEPOINT" not in query["sql"]]
    assert len(said) == 1
    assert "outbox_message" in said[0]
    assert "procrastinate_defer_jobs" in said[0]


def test_what_was_edited_after_it_was_read_goes_out_as_it_was_edited(queue: Queue) -> None:
    message = queue()
    again(message).redirect("jo@example.net")
    assert message.claim(clock.now(), MINUTES, job_id=7)
    assert (message.to_address, message.attempts) == ("jo@example.net", 1)
    assert b"jo@example.net" in bytes(message.raw)
    assert again(message).claimed_by == 7


def test_queueing_without_an_employer_is_refused(diner: Employer) -> None:
    with pytest.raises(OutsideEmployer):
        Message.objects.queue(kind="receipt", to_address="jo@example.org", subject="", text="")


def test_a_message_and_its_job_vanish_with_the_transaction_they_were_written_in(
    queue: Queue,
) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert waiting_jobs() == []


def test_the_job_of_a_held_message_waits_for_the_end_of_the_window(queue: Queue) -> None:
    until = clock.now() + 10 * MINUTES
    message = queue(hold_until=until)
    assert message.is_held(until - MINUTES)
    assert not message.is_held(until)
    assert waiting_jobs() == [("deliver_message", until)]


def test_a_held_message_can_be_reworded(queue: Queue) -> None:
    message = queue(hold_until=clock.now() + 10 * MINUTES)
    assert message.edit(subject="Better news", text="Dear Jo,\n\nit is better now.")
    kept = again(message)
    assert kept.subject == "Better news"
    assert b"it is better now." in bytes(kept.raw)
    assert b"Subject: Better news" in bytes(kept.raw)
    assert kept.message_id.encode() in bytes(kept.raw)


def test_once_a_worker_has_touched_it_nothing_can_be_changed(queue: Queue) -> None:
    message = queue()
    assert message.claim(clock.now(), claim_limit())
    assert not message.edit(text="too late")
    assert not message.skip("too late")
    message.postpone("421 later", source=Delivery.Source.SMTP)
    assert not message.edit(text="still too late: somebody may have read it")
    assert again(message).text.startswith("Dear Jo")


def test_what_waits_after_a_failed_attempt_can_still_be_skipped(queue: Queue) -> None:
    message = queue()
    message.claim(clock.now(), claim_limit())
    message.postpone("421 later", source=Delivery.Source.SMTP)
    assert message.skip("withdrawn")
    assert again(message).state == State.SKIPPED


def test_releasing_ends_the_window_at_once(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue(hold_until=clock.now() + 10 * MINUTES)
    assert message.release()
    assert run_jobs() == ["deliver_message"]
    assert len(mail_server.got) == 1
    assert not message.release()

    assert run_jobs(clock.now() + 11 * MINUTES) == ["deliver_message"]
    assert len(mail_server.got) == 1


def test_a_claimed_message_is_nobody_else_s(queue: Queue) -> None:
    message = queue()
    other = again(message)
    assert message.claim(clock.now(), claim_limit())
    assert not other.claim(clock.now(), claim_limit())
    assert again(message).attempts == 1


@pytest.mark.parametrize(
    ("states", "ends"),
    [
        (["sent", "delivered"], "delivered"),
        (["sent", "relayed", "delivered"], "delivered"),
        (["sent", "delayed", "bounced"], "bounced"),
        (["sent", "delivered", "bounced"], "bounced"),
        (["delivered", "sent"], "delivered"),
        (["sent", "delivered", "delayed"], "delivered"),
        (["sent", "bounced", "delivered"], "bounced"),
        (["sent", "relayed", "delayed"], "relayed"),
    ],
)
def test_what_is_heard_moves_the_state_only_where_it_may(
    queue: Queue, states: list[str], ends: str
) -> None:
    message = queue()
    message.claim(clock.now(), claim_limit())
    for state in states:
        message.settle(state, source=Delivery.Source.DSN, evidence=f"said {state}")
    assert again(message).state == ends
    assert [row.state for row in message.deliveries.all()] == states


def test_the_rooms_above_are_told_of_each_move_once(queue: Queue, settled: list[str]) -> None:
    message = queue()
    message.claim(clock.now(), claim_limit())
    assert message.settle("sent", source=Delivery.Source.SMTP)
    assert message.settle("delivered", source=Delivery.Source.DSN)
    assert not message.settle("delivered", source=Delivery.Source.DSN)
    queue().skip("not needed")
    assert settled == ["sent", "delivered", "skipped"]


def test_a_listener_that_fails_undoes_the_state(queue: Queue) -> None:
    def fail(**told: Any) -> None:
        raise ValueError("no")

    message = queue()
    message_settled.connect(fail, weak=False, dispatch_uid="fail")
    try:
        with pytest.raises(ValueError, match="no"):
            message.settle("delivered", source=Delivery.Source.DSN)
    finally:
        message_settled.disconnect(dispatch_uid="fail")
    assert again(message).state == State.QUEUED
    assert not message.deliveries.exists()


def test_a_report_that_overtakes_a_dead_worker_settles_the_message(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue()
    message.claim(clock.now(), claim_limit())  # Sent, and the worker dies before it says so.
    message.settle("delivered", source=Delivery.Source.DSN)
    with clock.clock_at(clock.now() + claim_limit() + 2 * PATIENCE):
        sweep_messages.func(timestamp=0)
        run_jobs()
    assert mail_server.got == []
    assert again(message).state == State.DELIVERED


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_the_sweeper_gives_a_message_whose_job_is_lost_a_new_one(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue()
    forget_jobs()
    sweep_messages.func(timestamp=0)
    assert waiting_jobs() == []  # Not yet: its own job may just be late.

    with clock.clock_at(clock.now() + PATIENCE + MINUTES):
        sweep_messages.func(timestamp=0)
        assert run_jobs() == ["deliver_message"]
    assert again(message).state == State.SENT


def test_the_sweeper_takes_back_what_a_killed_worker_was_sending(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue()
    forget_jobs()
    began = clock.now()
    message.claim(began, claim_limit())
    with clock.clock_at(began + claim_limit()):
        sweep_messages.func(timestamp=0)
        assert run_jobs() == []

    with clock.clock_at(began + claim_limit() + PATIENCE + MINUTES):
        sweep_messages.func(timestamp=0)
        run_jobs()
    assert again(message).state == State.SENT
    assert again(message).attempts == 2


def test_a_job_given_back_after_its_worker_s_death_goes_on_at_once(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs")
        (job_id,) = cursor.fetchone()
    message.claim(clock.now(), claim_limit(), job_id=job_id)
    deliver(message.id, job_id=job_id + 1)  # Another job keeps its hands off.
    assert mail_server.got == []

    run_jobs()
    assert again(message).state == State.SENT
    assert again(message).attempts == 2


def test_the_sweeper_adds_no_second_job_to_one_that_is_only_late(queue: Queue) -> None:
    queue()
    for after in (5, 10, 15):
        with clock.clock_at(clock.now() + after * MINUTES):
            sweep_messages.func(timestamp=0)
    assert len(waiting_jobs()) == 1


def test_the_sweeper_serves_every_employer(
    queue: Queue, hospital: Employer, run_jobs: Run, mail_server: Manners
) -> None:
    queue()
    with hospital.scope():
        hospital.messages.queue(
            kind="receipt", to_address="jo@example.org", subject="Hello", text="Hello"
        )
    forget_jobs()
    with clock.clock_at(clock.now() + PATIENCE + MINUTES):
        sweep_messages.func(timestamp=0)
        run_jobs()
    assert len(mail_server.got) == 2


def test_mallory_s_employer_does_not_see_the_message(queue: Queue, hospital: Employer) -> None:
    message = queue()
    with hospital.scope():
        assert not Message.objects.filter(pk=message.pk).exists()
        with pytest.raises(OutsideEmployer):
            message.save()


@pytest.mark.django_db(transaction=True)
def test_fifty_workers_at_once_send_one_mail(
    transactional_db: None, at_diner: Employer, queue: Queue, mail_server: Manners
) -> None:
    message = queue()

    def work(_: int) -> None:
        try:
            with at_diner.scope():
                deliver(message.id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as workers:
        list(workers.map(work, range(50)))

    assert len(mail_server.got) == 1
    assert again(message).state == State.SENT
    assert again(message).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_skipping_and_sending_at_the_same_moment_do_not_both_win(
    transactional_db: None, at_diner: Employer, queue: Queue, mail_server: Manners
) -> None:
    for _ in range(10):
        message = queue()

        def send(sent: Message = message) -> None:
            try:
                with at_diner.scope():
                    deliver(sent.id)
            finally:
                connections.close_all()

        def skip(skipped: Message = message) -> bool:
            try:
                with at_diner.scope():
                    return again(skipped).skip("taken back")
            finally:
                connections.close_all()

        mail_server.got.clear()
        with ThreadPoolExecutor(2) as both:
            sending, skipping = both.submit(send), both.submit(skip)
            sending.result()
            assert skipping.result() == (not mail_server.got)

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sincerely.kernel import clock
from sincerely.outbox.deliver import deliver
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.token import read_token
from tests.outbox.mail_server import Manners
from tests.plugins.jobs import waiting_jobs

Queue = Callable[..., Message]
Run = Callable[..., list[str]]
State = Message.State


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def heard(message: Message) -> list[tuple[str, str]]:
    return [(row.state, row.evidence) for row in message.deliveries.all()]


def test_a_queued_message_is_sent_by_its_job(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue()
    assert message.state == State.QUEUED

    assert run_jobs() == ["deliver_message"]

    assert again(message).state == State.SENT
    assert heard(message) == [("sent", "DATA: 250 2.0.0 Queued as 4711")]
    assert mail_server.got[0].recipients == ["jo@example.org"]


def test_the_envelope_sender_names_the_message_and_reports_are_asked_for(
    queue: Queue, run_jobs: Run, mail_server: Manners, settings: object
) -> None:
    message = queue()
    run_jobs()
    (got,) = mail_server.got
    local, _, domain = got.sender.partition("@")
    token = read_token(local)
    assert token is not None
    assert (token.employer_id, token.message_id) == (message.employer_id, message.id)
    assert domain == settings.BOUNCE_DOMAIN  # type: ignore[attr-defined]
    assert len(local) <= 64
    assert got.parameters == {
        "RET": "HDRS", "ENVID": message.token, "NOTIFY": "SUCCESS,FAILURE,DELAY"
    }  # fmt: skip


def test_a_server_without_delivery_reports_is_not_asked_for_them(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    mail_server.offers_dsn = False
    message = queue()
    run_jobs()
    assert again(message).state == State.SENT
    assert mail_server.got[0].parameters == {}
    ((_, evidence),) = heard(message)
    assert "This mail server offers no delivery reports" in evidence


def test_the_bytes_sent_are_the_bytes_stored(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    message = queue(text="A line.\n.\n.. and dots\nGrüße")
    run_jobs()
    assert mail_server.got[0].raw == bytes(again(message).raw)


def test_a_mail_server_that_is_down_loses_nothing(
    queue: Queue, run_jobs: Run, no_mail_server: None
) -> None:
    message = queue()
    run_jobs()
    kept = again(message)
    assert (kept.state, kept.attempts) == (State.QUEUED, 1)
    assert "connect: ConnectionRefusedError" in heard(message)[0][1]
    ((name, at),) = waiting_jobs()
    assert name == "deliver_message"
    assert at == kept.wake_at
    assert dt.timedelta(0) < kept.wake_at - clock.now() <= dt.timedelta(seconds=66)


def test_after_an_outage_the_same_mail_goes_out(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    mail_server.greeting = "421 4.3.2 Not now"
    message = queue()
    run_jobs()
    assert again(message).state == State.QUEUED

    mail_server.greeting = ""
    with clock.clock_at(clock.now() + dt.timedelta(minutes=2)):
        run_jobs()

    assert again(message).state == State.SENT
    assert mail_server.got[0].mail["Message-ID"] == message.message_id


def test_a_server_that_drops_the_line_after_data_gets_the_same_message_id_again(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    mail_server.drops_after_data = True
    message = queue()
    run_jobs()
    mail_server.drops_after_data = False
    with clock.clock_at(clock.now() + dt.timedelta(minutes=2)):
        run_jobs()
    first, second = mail_server.got
    assert first.raw == second.raw
    assert again(message).state == State.SENT


def test_retries_slow_down_and_end_after_five_days(
    queue: Queue, run_jobs: Run, no_mail_server: None
) -> None:
    message, began, waits = queue(), clock.now(), []
    now = began
    while again(message).state == State.QUEUED:
        with clock.clock_at(now):
            run_jobs()
        wake_at = again(message).wake_at
        if wake_at:
            waits.append(wake_at - now)
            now = wake_at
    assert again(message).state == State.FAILED
    assert dt.timedelta(days=5) <= now - began <= dt.timedelta(days=5, minutes=34)
    assert waits == sorted(waits)
    assert dt.timedelta(minutes=1) <= waits[0] < dt.timedelta(minutes=2)
    assert waits[-1] <= dt.timedelta(minutes=33)


def test_a_held_message_is_not_sent_before_its_time(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    until = clock.now() + dt.timedelta(minutes=10)
    message = queue(hold_until=until)
    assert run_jobs() == []
    deliver(message.id)  # Even if a job comes early.
    assert mail_server.got == []

    with clock.clock_at(until):
        assert run_jobs() == ["deliver_message"]
    assert len(mail_server.got) == 1


def test_a_skipped_message_is_never_sent(queue: Queue, run_jobs: Run, mail_server: Manners) -> None:
    until = clock.now() + dt.timedelta(minutes=10)
    message = queue(hold_until=until)
    assert message.skip("Rosa took it back")
    with clock.clock_at(until):
        run_jobs()
    assert mail_server.got == []
    assert again(message).state == State.SKIPPED
    assert again(message).skip_reason == "Rosa took it back"


def test_a_suppressed_address_gets_no_mail_and_the_reason_is_shown(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    stop = Suppression.objects.suppress("JO@example.org", "Asked us to stop")
    message = queue()
    run_jobs()
    assert mail_server.got == []
    assert again(message).state == State.SKIPPED
    assert again(message).skip_reason == "Asked us to stop"

    stop.lift(by="Rosa", why="Jo asked for it")
    queue()
    run_jobs()
    assert len(mail_server.got) == 1


def test_an_address_in_another_script_goes_out_in_the_wire_s_form(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    domain, local = queue(to_address="jo@bücher.example"), queue(to_address="jö@example.org")
    run_jobs()
    assert [again(row).state for row in (domain, local)] == [State.SENT, State.SENT]
    assert [got.recipients for got in mail_server.got] == [
        ["jo@xn--bcher-kva.example"], ["jö@example.org"]
    ]  # fmt: skip


def test_another_backend_of_django_is_used_as_it_is(
    queue: Queue, run_jobs: Run, mailoutbox: list[object]
) -> None:
    message = queue()
    run_jobs()
    assert again(message).state == State.SENT
    (mail,) = mailoutbox
    assert mail.subject == "We have your application"  # type: ignore[attr-defined]
    assert mail.extra_headers["Message-ID"] == message.message_id  # type: ignore[attr-defined]


def test_a_job_for_a_message_that_is_gone_does_nothing(
    queue: Queue, run_jobs: Run, mail_server: Manners
) -> None:
    queue().delete()
    run_jobs()
    assert mail_server.got == []

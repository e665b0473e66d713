"""What is said of a message at the desk, for every state it can be in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer
from sincerely.desk.delivery_words import way
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message, Suppression

State = Message.State


@pytest.fixture
def receipt(at_diner: Employer) -> Message:
    return at_diner.messages.queue(
        kind="receipt", to_address="jo@example.org", subject="Hello", text="Hello"
    )


def said(message: Message) -> list[str]:
    return [step.text for step in way(Message.objects.get(pk=message.pk))]


@pytest.mark.parametrize(
    ("state", "source", "evidence", "words"),
    [
        (State.SENT, "smtp reply", "250 queued", "Handed to the mail server; no proof yet"),
        (State.RELAYED, "dsn", "relayed 2.0.0", "Delivered to their mail provider"),
        (State.DELIVERED, "dsn", "delivered 2.1.5", "Delivered to their mailbox"),
        (State.DELIVERED, "webhook", "delivered", "Delivered to their mail provider"),
        (State.DELAYED, "dsn", "delayed 4.4.1", "Delayed on its way; the servers keep trying"),
        (State.BOUNCED, "dsn", "failed 5.1.1", "Came back: nobody is known there"),
        (State.BOUNCED, "dsn", "failed 5.2.2", "Came back: the mailbox is full"),
        (
            State.BOUNCED,
            "smtp reply",
            "DATA: 550 5.7.1 spam",
            "Came back: their mail server did not",
        ),
        (State.FAILED, "smtp reply", "connect: refused", "Given up: it could not be sent"),
    ],
)
def test_each_state_has_plain_words(
    receipt: Message, state: State, source: str, evidence: str, words: str
) -> None:
    receipt.settle(state, source=source, evidence=evidence)
    first, last = said(receipt)
    assert first == "Written and queued"
    assert last.startswith(words)


def test_a_try_that_failed_and_one_that_runs(receipt: Message) -> None:
    assert receipt.claim(now(), dt.timedelta(minutes=5))
    assert said(receipt) == ["Written and queued", "Being sent"]
    receipt.postpone("connect: refused", source="smtp reply")
    assert said(receipt) == ["Written and queued", "An attempt failed; it will be tried again"]


def test_what_was_not_sent_and_why(
    receipt: Message, run_jobs: Callable[[], list[str]], at_diner: Employer
) -> None:
    Suppression.objects.suppress("jo@example.org", "Asked us to stop")
    run_jobs()
    step = way(Message.objects.get(pk=receipt.pk))[-1]
    assert (step.text, step.evidence) == ("Not sent", "Asked us to stop")


def test_after_a_day_without_a_report_none_is_expected(receipt: Message) -> None:
    receipt.settle(State.SENT, source="smtp reply")
    with clock_at(now() + dt.timedelta(hours=25)):
        assert said(receipt)[-1].startswith("No delivery report came within a day")

"""The mail server is away for days: what is sent when it comes back, and who hears when not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer
from sincerely.hiring import debts
from sincerely.hiring.models import Application
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message
from tests.outbox.conftest import free_port
from tests.outbox.faulty_server import Faults, FaultyServer

Run = Callable[..., list[str]]
DAY = dt.timedelta(days=1)
State = Message.State


@pytest.fixture
def receipt(jo: Application, at_diner: Employer, settings: LazySettings) -> Message:
    """Jo's receipt, while the mail server does not answer."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message: Message = Message.objects.get(about_id=jo.pk, kind="receipt")
    return message


def test_after_an_outage_of_four_days_the_mail_is_sent(
    receipt: Message, run_jobs: Run, settings: LazySettings
) -> None:
    back = receipt.created_at + 4 * DAY
    now = _try(receipt, run_jobs, until=back)
    with FaultyServer(Faults()) as server:
        settings.EMAIL_PORT = server.port
        _try(receipt, run_jobs, until=now + dt.timedelta(hours=1), since=now)
        assert len(server.faults.got) == 1
    sent = Message.objects.get(pk=receipt.pk)
    assert sent.state == State.SENT
    assert sent.settled_at is not None
    assert sent.settled_at - back <= dt.timedelta(minutes=33)


def test_after_an_outage_of_six_days_a_person_has_it_within_a_minute_of_giving_up(
    receipt: Message, run_jobs: Run, at_diner: Employer, jo: Application
) -> None:
    _try(receipt, run_jobs, until=receipt.created_at + 6 * DAY)
    failed = Message.objects.get(pk=receipt.pk)
    assert failed.state == State.FAILED
    assert failed.settled_at is not None
    assert 5 * DAY <= failed.settled_at - failed.created_at <= 5 * DAY + dt.timedelta(minutes=34)
    with clock.clock_at(failed.settled_at + dt.timedelta(minutes=1)):
        assert list(debts.unreached(at_diner.applications)) == [jo]
    assert Event.objects.filter(about_id=jo.pk, kind="not_reached", at=failed.settled_at).exists()


def _try(
    message: Message, run_jobs: Run, *, until: dt.datetime, since: dt.datetime | None = None
) -> dt.datetime:
    """Let the worker do what is due, from one time to wake to the next; returns the last."""
    now = since or message.created_at
    while now <= until and Message.objects.get(pk=message.pk).state == State.QUEUED:
        with clock.clock_at(now):
            run_jobs()
        now = Message.objects.get(pk=message.pk).wake_at or now
    return now

"""Today while it stays open, and what stands on it that no applicant waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel import clock
from sincerely.outbox.models import Delivery, Message
from tests.desk.conftest import signed_in, text_of
from tests.desk.test_today import DESK, groups

State = Message.State
HTMX = {"HX-Request": "true"}


def asked_again(client: Client, address: str = DESK) -> Any:
    """What an open page hears when it asks whether it is still true."""
    seen = client.get(address).context["seen"]
    join = "&" if "?" in address else "?"
    return lambda: client.get(f"{address}{join}seen={seen}", headers=HTMX)


def test_an_open_page_hears_nothing_while_nothing_changed(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    apply_due("Late", -1)
    ask = asked_again(at_rosas_desk)
    answer = ask()
    assert (answer.status_code, answer.content) == (204, b"")


def test_an_open_page_hears_of_what_is_new_paid_or_later_by_a_day(
    at_rosas_desk: Client, apply_due: Callable[..., Application], rosa: Identity
) -> None:
    one = apply_due("Late", -1)
    ask = asked_again(at_rosas_desk)
    other = apply_due("Soon", 2)
    answer = ask()
    assert answer.status_code == 200
    assert "Soon hears next" in text_of(answer)
    assert "<html" not in text_of(answer)
    ask = asked_again(at_rosas_desk)
    with one.employer.scope():
        other.decline(by=rosa)
    assert ask().status_code == 200
    ask = asked_again(at_rosas_desk)
    with clock.clock_at(clock.now() + dt.timedelta(days=1)):
        assert "2 days late" in text_of(ask())


def test_asking_costs_as_many_statements_for_three_rows_as_for_one(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    apply_due("One", -1)
    ask = asked_again(at_rosas_desk)
    with CaptureQueriesContext(connection) as once:
        assert ask().status_code == 204
    apply_due("Two", -1)
    apply_due("Three", 0)
    ask = asked_again(at_rosas_desk)
    with CaptureQueriesContext(connection) as thrice:
        assert ask().status_code == 204
    assert len(once) <= len(thrice) <= 16  # one more group is one more statement


def test_a_page_of_one_group_shows_its_rows_and_the_count_of_all(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    apply_due("Late", -1)
    ask = asked_again(at_rosas_desk, f"{DESK}?group=overdue")
    assert ask().status_code == 204
    apply_due("Soon", 2)
    answer = text_of(ask())
    assert "Two answers are owed." in answer
    assert "Soon hears next" not in answer


# ── Reminders that come back ───────────────────────────────────────────────────────────────────


def test_a_reminder_that_came_back_is_a_debt_until_one_arrives(
    at_rosas_desk: Client, hugos_job: Job, jo: Application, hugo: Identity, ada: Identity,
    rosa: Identity,
) -> None:  # fmt: skip
    at_adas_desk, diner = signed_in(ada), jo.employer

    def mail(state: str, **more: Any) -> None:
        sent = {"to_address": hugo.email, "subject": "1 waits", "text": "…", "employer": diner}
        message = Message.objects.queue(kind="reminder", **sent | more)
        message.settle(state, source=Delivery.Source.DSN)

    with diner.scope():
        mail(State.BOUNCED)
        mail(State.BOUNCED, to_address="who.left@blue-spoon.example")
        remind = {"overdue": ["Remind Hugo another way"]}
        assert groups(at_rosas_desk) == groups(at_adas_desk) == remind
        assert f"our mail to {hugo.email} came back" in text_of(at_adas_desk.get(DESK))
        assert "settings/members/" in text_of(at_adas_desk.get(DESK))
        assert "settings/members/" not in text_of(at_rosas_desk.get(DESK))
        mail(State.DELIVERED)
        assert groups(at_rosas_desk) == {}
        mail(State.FAILED)
        assert groups(at_rosas_desk) == remind
        Identity.objects.filter(pk=hugo.pk).update(email="hugo@elsewhere.example")
        assert groups(at_rosas_desk) == {}, "another address, not tried yet"


def test_when_nothing_is_owed_the_page_says_who_hears_next(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    apply_due("Far", 9)
    assert "The next one is Far’s" in text_of(at_rosas_desk.get(DESK))

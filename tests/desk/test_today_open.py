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


def test_where_nothing_happened_asking_costs_one_statement_however_long_the_list(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    for name in ("One", "Two", "Three"):
        apply_due(name, -1)
    with clock.clock_at(clock.now()):
        ask = asked_again(at_rosas_desk)
        with CaptureQueriesContext(connection) as statements:
            assert ask().status_code == 204
    *signed_in_as, pulse = statements.captured_queries
    assert "kernel_event" in pulse["sql"]
    assert len(signed_in_as) <= 3


def test_what_does_not_show_on_the_list_is_told_by_a_header_so_that_it_is_not_read_again(
    at_rosas_desk: Client, apply_due: Callable[..., Application], rosa: Identity
) -> None:
    one = apply_due("Late", -1)
    with clock.clock_at(clock.now()):
        seen = at_rosas_desk.get(DESK).context["seen"]
        with one.employer.scope():
            one.add_note("Friendly.", by=rosa)
        answer = at_rosas_desk.get(DESK, {"seen": seen}, headers=HTMX)
        assert (answer.status_code, answer.content) == (204, b"")
        with CaptureQueriesContext(connection) as statements:
            again = at_rosas_desk.get(DESK, {"seen": answer.headers["Seen"]}, headers=HTMX)
        assert again.status_code == 204
        assert len(statements) <= 4


def test_a_broken_word_gets_the_list(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    apply_due("Late", -1)
    for seen in ("", ".", "x" * 5_000, "nothing.nothing"):
        answer = at_rosas_desk.get(DESK, {"seen": seen}, headers=HTMX)
        assert "Tell Late where things stand" in text_of(answer)


def test_what_comes_by_the_clock_alone_is_seen_within_five_minutes(
    at_rosas_desk: Client, cook: Job, apply: Any, rosa: Identity
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    with cook.employer.scope():
        no_mail.decline(by=rosa)
    ask = asked_again(at_rosas_desk)
    with clock.clock_at(clock.now() + dt.timedelta(minutes=15)):
        assert "Tell Lee that it has ended" in text_of(ask())


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

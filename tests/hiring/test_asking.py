"""The applicant asks: once, always answered, and never in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import LONGEST_TEXT, NotYet, ask, write_again
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application, Call, CannotDo, FollowUp, Job
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Message

DAY = dt.timedelta(days=1)
State = Message.State


def after(days: float) -> Any:
    return clock_at(now() + days * DAY)


def again(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)


@pytest.fixture
def arrived(at_diner: Employer, jo: Application) -> Application:
    """Jo's application, whose receipt was delivered."""
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(State.SENT, source="smtp reply")
    receipt.settle(State.DELIVERED, source="dsn")
    return again(jo)


@pytest.fixture
def with_late_date(arrived: Application) -> Application:
    """The promised date lies so far ahead that the wait of seven days ends before it."""
    arrived.promises.update(due_on=now().date() + 30 * DAY)
    return arrived


def test_before_the_wait_is_over_the_follow_up_says_when_it_opens(
    with_late_date: Application,
) -> None:
    with pytest.raises(NotYet) as refusal:
        ask(with_late_date, Topic.STATUS)
    assert refusal.value.advice.asking.rule == "too-early"
    assert refusal.value.advice.opens_on == contact_advice(with_late_date).today + 7 * DAY
    assert not with_late_date.follow_ups.exists()
    assert not with_late_date.messages().filter(kind="answer").exists()


def test_a_follow_up_is_answered_at_once_with_the_true_state(
    with_late_date: Application,
) -> None:
    with after(8):
        row = ask(with_late_date, Topic.STATUS)
    assert row.counts
    assert not row.needs_a_person
    assert row.answered_at
    assert row.answer is not None
    text = row.answer.text
    assert "Yes, your application arrived on" in text
    assert "Delivered to your mail provider" in text
    assert "The job is still open" in text
    assert "You will hear from us by" in text
    assert row.answer.to_address == "jo@example.org"


def test_a_second_one_is_refused_and_says_why(with_late_date: Application) -> None:
    with after(8):
        ask(with_late_date, Topic.STATUS)
        with pytest.raises(NotYet) as refusal:
            ask(with_late_date, Topic.QUESTION, text="And now?")
    assert refusal.value.advice.asking.rule == "once"
    assert with_late_date.follow_ups.count() == 1


def test_the_database_itself_lets_no_second_one_stand(arrived: Application) -> None:
    fields = {"channel": "page", "topic": "status", "about": "follow_up", "counts": True}
    arrived.follow_ups.create(**fields)
    with pytest.raises(IntegrityError, match="follow_up_once"), transaction.atomic():
        arrived.follow_ups.create(**fields)
    arrived.follow_ups.get().give_back("the promised date passed")
    arrived.follow_ups.create(**fields)
    assert arrived.follow_ups.standing().count() == 1


def test_a_question_goes_to_a_person_with_a_day(with_late_date: Application) -> None:
    with after(8):
        row = ask(with_late_date, Topic.QUESTION, text="Is there a bicycle rack?")
    assert row.needs_a_person
    assert row.answered_at is None
    assert row.answer is not None
    assert "who answers by" in row.answer.text
    assert list(FollowUp.objects.waiting()) == [row]


@pytest.mark.parametrize("topic", [Topic.ADJUSTMENT, Topic.PROBLEM])
def test_who_needs_an_adjustment_or_found_a_fault_is_heard_at_any_time(
    with_late_date: Application, topic: Topic
) -> None:
    row = ask(with_late_date, topic, text="I use a wheelchair.")
    assert not row.counts
    assert row.needs_a_person
    # A second one, while the first waits, is added to it.
    assert ask(with_late_date, topic, text="And there are stairs.") == row
    kept = with_late_date.events().filter(kind="wrote_again").get()
    assert kept.data["text"] == "And there are stairs."
    with after(8):
        assert ask(with_late_date, Topic.STATUS).counts


def test_a_missed_date_gives_the_follow_up_back_and_says_so(with_late_date: Application) -> None:
    with after(8):
        first = ask(with_late_date, Topic.STATUS)
    with after(20), pytest.raises(NotYet):
        ask(with_late_date, Topic.STATUS)
    with after(35):
        advice = contact_advice(with_late_date)
        assert advice.asking.rule == "promise-broken"
        assert advice.given_back
        second = ask(with_late_date, Topic.STATUS)
        with pytest.raises(NotYet):
            ask(with_late_date, Topic.STATUS)
    first.refresh_from_db()
    assert first.given_back_at
    assert "promised date passed" in first.given_back_because
    assert with_late_date.events().filter(kind="follow_up_given_back").count() == 1
    assert list(with_late_date.follow_ups.standing()) == [second]


@pytest.mark.parametrize("kind", list(Call.Kind))
def test_a_call_a_voicemail_and_a_visit_count_as_the_follow_up(
    with_late_date: Application, rosa: Identity, kind: Call.Kind
) -> None:
    with after(8):
        with_late_date.log_call(kind, by=rosa, note="Asked whether it arrived.")
        assert contact_advice(with_late_date).asking.rule == "once"
    row = with_late_date.follow_ups.get()
    assert (row.channel, row.answered_by) == (kind, "Rosa")
    assert with_late_date.events().get(kind=kind).data["counts"]


def test_a_call_before_its_time_counts_as_well(arrived: Application, rosa: Identity) -> None:
    arrived.log_call(Call.Kind.VOICEMAIL, by=rosa)
    assert contact_advice(arrived).used is not None


def test_a_second_call_is_logged_and_uses_nothing(
    with_late_date: Application, rosa: Identity
) -> None:
    with after(8):
        with_late_date.log_call(Call.Kind.CALL, by=rosa)
        with_late_date.log_call(Call.Kind.CALL, by=rosa)
    assert with_late_date.calls.count() == 2
    assert with_late_date.follow_ups.count() == 1


def test_who_is_called_by_the_team_has_used_nothing(arrived: Application, rosa: Identity) -> None:
    arrived.log_call(Call.Kind.CALL, by=rosa, by_us=True)
    assert not arrived.follow_ups.exists()


def test_whose_receipt_bounced_may_ask_whether_it_arrived_and_keeps_the_follow_up(
    at_diner: Employer, jo: Application
) -> None:
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(State.BOUNCED, source="dsn")
    row = ask(jo, Topic.STATUS)
    assert (row.about, row.counts) == ("arrival", False)
    assert contact_advice(jo).asking.rule != "not-received"
    assert contact_advice(jo).used is None


def test_after_the_outcome_was_told_nothing_more_is_open(
    arrived: Application, rosa: Identity
) -> None:
    arrived.decline(by=rosa)
    with after(1):
        for topic in (Topic.STATUS, Topic.ADJUSTMENT):
            with pytest.raises(CannotDo):
                ask(again(arrived), topic, text="Why?")


def test_a_decision_that_is_held_changes_nothing_about_asking(
    with_late_date: Application, rosa: Identity
) -> None:
    with after(8):
        before = contact_advice(with_late_date)
        with_late_date.decline(by=rosa)
        held = contact_advice(again(with_late_date))
        assert held.verdict == before.verdict
        row = ask(again(with_late_date), Topic.STATUS)
    assert row.answer is not None
    assert "You will hear from us by" in row.answer.text


def test_further_messages_are_kept_and_answered_once_a_day(with_late_date: Application) -> None:
    with after(8):
        ask(with_late_date, Topic.STATUS)
        assert not write_again(with_late_date, "Hello again")
    with after(9.5):
        assert write_again(with_late_date, "And again")
        assert not write_again(with_late_date, "And again")
    assert with_late_date.events().filter(kind="wrote_again").count() == 3
    assert with_late_date.messages().filter(kind="answer").count() == 2
    assert not FollowUp.objects.waiting().exists()


def test_a_long_text_is_cut_and_an_empty_one_is_fine(with_late_date: Application) -> None:
    with after(8):
        assert ask(with_late_date, Topic.STATUS, text="").text == ""
    with_late_date.follow_ups.get().give_back("test")
    with after(40):
        row = ask(with_late_date, Topic.QUESTION, text="x" * 100_000, channel=Channel.EMAIL)
    assert len(row.text) == LONGEST_TEXT


def test_without_an_address_the_answer_is_on_the_page_alone(
    at_diner: Employer, cook: Job, apply: Callable[..., Application]
) -> None:
    sam = apply(cook, name="Sam Poe", email="", phone="+12125550100")
    with after(20):
        row = ask(sam, Topic.STATUS)
    assert row.answer is None
    assert row.answered_at


def test_a_delivered_answer_keeps_no_promise(with_late_date: Application) -> None:
    with after(8):
        row = ask(with_late_date, Topic.STATUS)
        assert row.answer is not None
        row.answer.settle(State.DELIVERED, source="dsn")
    assert with_late_date.promises.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one_row_and_one_answer(
    cook: Job, apply: Callable[..., Application]
) -> None:
    jo = apply(cook)
    with employer_scope(jo.employer_id):
        jo.promises.update(due_on=now().date() + 30 * DAY)
        receipt = jo.receipt
        assert receipt is not None
        receipt.settle(State.DELIVERED, source="dsn")

    def once(_: int) -> bool:
        try:
            with employer_scope(jo.employer_id), after(8):
                ask(again(jo), Topic.QUESTION, text="Hello?")
        except NotYet:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(once, range(50))) == 1
    with employer_scope(jo.employer_id):
        assert jo.follow_ups.count() == 1
        assert jo.messages().filter(kind="answer").count() == 1

"""What was said is logged once, and can be taken back for a few minutes, without a trace in the
promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.held import held_decision
from sincerely.hiring.models import Application, Call, CannotDo, Job
from sincerely.hiring.models.call import UNDO
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.models.job import JobState
from sincerely.hiring.models.promise import Outcome
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
Kind = Call.Kind


def after(delta: dt.timedelta) -> Any:
    return clock_at(now() + delta)


def again(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)


def facts(application: Application) -> list[Any]:
    """All that a logged call may change, as values that can be compared."""
    fresh = again(application)
    told = ("pk", "outcome", "settled_at", "kept_by")
    return [
        fresh.due_on,
        list(fresh.promises.order_by("pk").values_list(*told)),
        list(fresh.closures.values_list("pk", "told_at", "told_how")),
        list(fresh.follow_ups.order_by("pk").values_list("pk", "given_back_at", "counts")),
        list(fresh.calls.order_by("pk").values_list("pk")),
        contact_advice(fresh).verdict,
    ]


@pytest.fixture
def arrived(at_diner: Employer, jo: Application) -> Application:
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    return again(jo)


@pytest.fixture
def ended(arrived: Application, rosa: Identity) -> Application:
    """Declined, and shown, but the message has not arrived yet."""
    arrived.decline(by=rosa)
    arrived.closures.update(shown_at=now())
    return again(arrived)


@pytest.mark.parametrize("kind", list(Kind))
def test_taking_it_back_leaves_everything_as_it_was(
    arrived: Application, rosa: Identity, kind: Call.Kind
) -> None:
    before = facts(arrived)
    due_on = now().date() + 30 * DAY
    call = arrived.log_call(kind, by=rosa, note="Hello?", told=True, due_on=due_on)
    assert facts(arrived) != before
    call.take_back(by=rosa)
    assert facts(arrived) == before
    assert [event.kind for event in arrived.events()[:2]] == ["call_undone", str(kind)]


def test_the_promise_it_kept_is_open_again_and_the_one_it_made_is_gone(
    arrived: Application, rosa: Identity
) -> None:
    first = arrived.promises.get()
    call = arrived.log_call(Kind.CALL, by=rosa, told=True, due_on=now().date() + 30 * DAY)
    assert arrived.promises.filter(outcome=Outcome.KEPT).get() == first
    call.take_back(by=rosa)
    owed = arrived.promises.open().get()
    assert owed == first
    assert owed.wake_at is not None
    assert again(arrived).due_on == first.due_on


def test_a_follow_up_that_it_gave_back_stands_again(arrived: Application, rosa: Identity) -> None:
    arrived.log_call(Kind.VOICEMAIL, by=rosa)
    first = arrived.follow_ups.get()
    with after(30 * DAY):
        assert contact_advice(arrived).given_back
        call = arrived.log_call(Kind.CALL, by=rosa)
        assert arrived.follow_ups.standing().get() != first
        call.take_back(by=rosa)
        assert arrived.follow_ups.get() == first
        assert contact_advice(arrived).given_back
    first.refresh_from_db()
    assert first.stands
    assert first.given_back_because == ""


def test_who_was_called_by_the_team_keeps_the_follow_up_that_was_made_before(
    arrived: Application, rosa: Identity
) -> None:
    arrived.log_call(Kind.CALL, by=rosa)
    with after(MINUTE):
        arrived.log_call(Kind.CALL, by=rosa, by_us=True).take_back(by=rosa)
    assert arrived.follow_ups.standing().count() == 1


def test_after_ten_minutes_it_stays(arrived: Application, rosa: Identity) -> None:
    call = arrived.log_call(Kind.CALL, by=rosa)
    with after(UNDO + MINUTE), pytest.raises(CannotDo, match="ten minutes"):
        call.take_back(by=rosa)
    assert arrived.calls.exists()


def test_twice_is_once(arrived: Application, rosa: Identity) -> None:
    call = arrived.log_call(Kind.CALL, by=rosa)
    Call.objects.get().take_back(by=rosa)
    with pytest.raises(CannotDo, match="already"):
        call.take_back(by=rosa)


def test_only_the_last_one_can_be_taken_back(arrived: Application, rosa: Identity) -> None:
    first = arrived.log_call(Kind.CALL, by=rosa)
    with after(MINUTE):
        second = arrived.log_call(Kind.VOICEMAIL, by=rosa)
        with pytest.raises(CannotDo, match="Take that back first"):
            first.take_back(by=rosa)
        second.take_back(by=rosa)
        first.take_back(by=rosa)
    assert not arrived.follow_ups.exists()


def test_a_follow_up_since_then_rests_on_it(at_diner: Employer, jo: Application) -> None:
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.BOUNCED, source="dsn")
    call = jo.log_call(Kind.CALL, by="Rosa")
    jo.promises.update(due_on=now().date() - 3 * DAY)
    with after(MINUTE):
        ask(jo, Topic.STATUS)
        with pytest.raises(CannotDo, match="followed up since"):
            call.take_back(by="Rosa")


def test_what_needs_no_follow_up_does_not_rest_on_it(arrived: Application, rosa: Identity) -> None:
    call = arrived.log_call(Kind.CALL, by=rosa)
    with after(MINUTE):
        arrived.add_note("Kind.", by=rosa)
        ask(arrived, Topic.ADJUSTMENT, text="I use a wheelchair.")
        call.take_back(by=rosa)
    assert arrived.follow_ups.get().topic == Topic.ADJUSTMENT


def test_a_move_since_then_rests_on_the_date_that_was_given(
    arrived: Application, rosa: Identity
) -> None:
    call = arrived.log_call(Kind.CALL, by=rosa, told=True)
    with after(MINUTE):
        arrived.move(arrived.next_stage(), by=rosa)
        with pytest.raises(CannotDo, match="rests on the date"):
            call.take_back(by=rosa)
        again(arrived).undo(by=rosa)
        call.take_back(by=rosa)
    assert arrived.promises.open().count() == 1


def test_a_move_since_then_stays_when_the_call_gave_no_date(
    arrived: Application, rosa: Identity
) -> None:
    Application.objects.filter(pk=arrived.pk).update(email="")
    call = again(arrived).log_call(Kind.CALL, by=rosa)
    with after(MINUTE):
        again(arrived).move(arrived.next_stage(), by=rosa)
        before = again(arrived).due_on
        call.take_back(by=rosa)
    assert again(arrived).due_on == before
    assert arrived.promises.count() == 2


def test_an_end_that_was_told_by_it_is_untold_again(ended: Application, rosa: Identity) -> None:
    before = facts(ended)
    call = ended.log_call(Kind.CALL, by=rosa, told=True)
    assert ended.closures.get().told_at
    call.take_back(by=rosa)
    assert facts(ended) == before


def test_what_no_message_tells_and_a_call_did_not_tell_after_all_is_held_again(
    arrived: Application, rosa: Identity
) -> None:
    arrived.move(arrived.next_stage(), by=rosa, tell=False)
    before, until = facts(arrived), held_decision(again(arrived)).until
    call = arrived.log_call(Kind.CALL, by=rosa, told=True)
    assert held_decision(again(arrived)) is None
    call.take_back(by=rosa)
    assert abs(held_decision(again(arrived)).until - until) < MINUTE
    assert facts(arrived) == before
    again(arrived).undo(by=rosa)


def test_an_end_that_is_known_by_mail_meanwhile_stays_told(
    ended: Application, rosa: Identity
) -> None:
    call = ended.log_call(Kind.CALL, by=rosa, told=True)
    message = ended.messages().get(kind="declined")
    message.settle(Message.State.SENT, source="smtp reply")
    message.settle(Message.State.DELIVERED, source="dsn")
    with pytest.raises(CannotDo, match="another way"):
        call.take_back(by=rosa)


def test_a_job_that_closed_upon_it_stays_closed(
    ended: Application, cook: Job, rosa: Identity
) -> None:
    Job.objects.filter(pk=cook.pk).update(state=JobState.CLOSING)
    call = ended.log_call(Kind.CALL, by=rosa, told=True)
    cook.refresh_from_db()
    assert cook.state == JobState.CLOSED
    with pytest.raises(CannotDo, match="it stays"):
        call.take_back(by=rosa)


def test_a_form_that_is_sent_twice_logs_one_call(arrived: Application, rosa: Identity) -> None:
    key = uuid7()
    assert arrived.log_call(Kind.CALL, by=rosa, id=key) == arrived.log_call(
        Kind.CALL, by=rosa, id=key
    )
    assert arrived.calls.count() == arrived.events().filter(kind="call").count() == 1


def test_a_form_of_somebody_elses_card_logs_nothing(
    arrived: Application, cook: Job, apply: Any, rosa: Identity
) -> None:
    other, key = apply(cook, name="Sam", email="sam@example.org"), uuid7()
    arrived.log_call(Kind.CALL, by=rosa, id=key)
    with pytest.raises(CannotDo, match="somebody else"):
        other.log_call(Kind.CALL, by=rosa, id=key)


def test_who_logged_it_is_known_by_identity_not_by_name(
    arrived: Application, rosa: Identity, hugo: Identity
) -> None:
    hugo.name = "Rosa"
    call = arrived.log_call(Kind.CALL, by=rosa)
    assert call.was_logged_by(rosa)
    assert not call.was_logged_by(hugo)


@pytest.fixture
def waiting(arrived: Application) -> Application:
    """Jo asked a question after the wait, and needs something in order to take part."""
    arrived.promises.update(due_on=now().date() + 60 * DAY)
    with after(9 * DAY):
        ask(arrived, Topic.QUESTION, text="Which shift?")
        ask(arrived, Topic.ADJUSTMENT, text="A ramp.")
    return again(arrived)


def test_a_call_in_which_they_were_told_answers_the_question_that_waited(
    waiting: Application, rosa: Identity
) -> None:
    with after(9 * DAY + MINUTE):
        call = waiting.log_call(Kind.CALL, by=rosa, told=True, by_us=True)
        question = waiting.follow_ups.get(topic=Topic.QUESTION)
        assert question.answered_by == "Rosa"
        settled = waiting.events().get(kind="follow_up_settled")
        assert settled.data["text"] == "They were told in a call with Rosa."
        # What they need is not settled by knowing where things stand.
        assert waiting.follow_ups.waiting().get().topic == Topic.ADJUSTMENT
        call.take_back(by=rosa)
        assert waiting.follow_ups.waiting().count() == 2


def test_a_call_in_which_nothing_was_told_answers_nothing(
    waiting: Application, rosa: Identity
) -> None:
    with after(9 * DAY + MINUTE):
        waiting.log_call(Kind.CALL, by=rosa, by_us=True)
        assert waiting.follow_ups.waiting().count() == 2

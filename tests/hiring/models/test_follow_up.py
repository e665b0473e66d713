"""A follow-up that waits for a person, and how it is answered."""

from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application, CannotDo, FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.models.promise import Outcome
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message


@pytest.fixture
def question(at_diner: Employer, jo: Application) -> FollowUp:
    return ask(jo, Topic.ADJUSTMENT, text="Is there a lift?")


def again(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)


def test_a_reply_is_held_and_then_goes_to_the_applicants_own_address(
    question: FollowUp, rosa: Identity
) -> None:
    message = question.respond("Yes, beside the kitchen door.", by=rosa)
    assert message.is_held(now())
    assert message.to_address == "jo@example.org"
    assert "Yes, beside the kitchen door." in message.text
    question.refresh_from_db()
    assert question.answered_by == "Rosa"
    assert not FollowUp.objects.waiting().exists()


def test_a_reply_without_a_date_keeps_no_promise(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    question.respond("Yes.", by=rosa).settle(Message.State.DELIVERED, source="dsn")
    assert jo.promises.open().count() == 1


def test_a_reply_with_a_date_keeps_the_earlier_promise_once_it_is_delivered(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    first = jo.promises.get()
    due_on = now().date() + dt.timedelta(days=40)
    message = question.respond("We know more next month.", by=rosa, due_on=due_on)
    assert again(jo).due_on == due_on
    first.refresh_from_db()
    assert first.outcome == Outcome.OPEN
    message.settle(Message.State.DELIVERED, source="dsn")
    first.refresh_from_db()
    assert first.outcome == Outcome.KEPT


def test_a_reply_can_be_taken_back_while_it_is_held(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    before = jo.due_on
    due_on = now().date() + dt.timedelta(days=40)
    message = question.respond("No.", by=rosa, due_on=due_on)
    question.take_response_back(by=rosa)
    message.refresh_from_db()
    assert message.state == Message.State.SKIPPED
    assert again(jo).due_on == before
    assert list(FollowUp.objects.waiting()) == [question]


def test_a_reply_that_is_on_its_way_stays(question: FollowUp, rosa: Identity) -> None:
    message = question.respond("No.", by=rosa)
    with clock_at(now() + dt.timedelta(hours=1)):
        message.claim(now(), dt.timedelta(minutes=5))
        with pytest.raises(CannotDo, match="too late"):
            question.take_response_back(by=rosa)


def test_the_second_of_two_recruiters_sees_that_it_was_answered(
    question: FollowUp, rosa: Identity, ada: Identity
) -> None:
    question.respond("Yes.", by=rosa)
    with pytest.raises(CannotDo, match="Rosa has answered"):
        question.respond("Yes!", by=ada)
    with pytest.raises(CannotDo, match="Rosa has answered"):
        question.settle(by=ada)


def test_what_needs_no_message_is_settled_with_a_note(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    question.settle(by=rosa, note="Called; she knows the way.")
    assert not FollowUp.objects.waiting().exists()
    assert jo.events().get(kind="follow_up_settled").data["text"] == "Called; she knows the way."


def test_without_an_address_a_call_answers(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    Application.objects.filter(pk=jo.pk).update(email="")
    with pytest.raises(CannotDo, match="no e-mail address"):
        question.respond("Yes.", by=rosa)

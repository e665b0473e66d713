"""A follow-up that waits for a person, and how it is answered."""

from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.compose import compose, compose_reply
from sincerely.hiring.dates import in_words
from sincerely.hiring.models import Application, CannotDo, FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.wording import Wording
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


def test_a_reply_that_is_not_the_whole_answer_waits_on_until_its_day(
    question: FollowUp, rosa: Identity, ada: Identity, jo: Application
) -> None:
    before, day = question.answer_by, now().date() + dt.timedelta(days=9)
    due_on = jo.due_on
    message = question.respond("I will find out.", by=rosa, rest_by=day)
    assert f"You will have the whole answer by {in_words(day)}." in message.text
    assert in_words(day) in question.reply_text, "the page says what the message says"
    assert again(jo).due_on == due_on, "the date of the application itself stands"
    assert FollowUp.objects.waiting().get().answer_by == day
    with pytest.raises(CannotDo, match="Rosa has written to them already"):
        question.respond("Yes!", by=ada)
    question.take_response_back(by=rosa)
    question.refresh_from_db()
    assert (question.answer_by, question.reply) == (before, None)


def test_the_whole_answer_overtakes_one_that_is_still_held(
    question: FollowUp, rosa: Identity
) -> None:
    day = now().date() + dt.timedelta(days=9)
    first = question.respond("I will find out.", by=rosa, rest_by=day)
    question.respond("Yes, there is.", by=rosa, seen=first.pk)
    first.refresh_from_db()
    assert first.state == Message.State.SKIPPED
    assert not FollowUp.objects.waiting().exists()


def test_a_new_date_is_told_where_the_text_leaves_it_out_and_not_twice(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    day = now().date() + dt.timedelta(days=40)
    assert (
        f"You will hear from us by {in_words(day)}."
        in compose_reply(jo, "We know more then.", by=rosa, due_on=day).body
    )
    told = compose_reply(jo, f"On {in_words(day)} we know more.", by=rosa, due_on=day).body
    assert told.count(in_words(day)) == 1


def test_a_reply_is_signed_by_who_wrote_it(jo: Application, ada: Identity, diner: Employer) -> None:
    with diner.scope():
        assert "\nAda\n" in compose_reply(jo, "Yes.", by=ada).body


def test_braces_in_a_reply_stay_as_they_were_typed(
    jo: Application, rosa: Identity, diner: Employer
) -> None:
    with diner.scope():
        assert "{reference} {" in compose_reply(jo, "{reference} {", by=rosa).body


def test_neither_reply_nor_answer_tells_of_a_move_that_is_held(
    at_diner: Employer, jo: Application, rosa: Identity
) -> None:
    written = Wording("{stage}", "{stage_text} {date}")
    before = compose(jo, "reply", written=written), compose(jo, "answer", written=written)
    jo.move(jo.next_stage(), by=rosa, due_on=now().date() + dt.timedelta(days=60))
    assert before == (
        compose(again(jo), "reply", written=written),
        compose(again(jo), "answer", written=written),
    )


def test_what_was_settled_can_be_taken_back_at_any_time(question: FollowUp, rosa: Identity) -> None:
    question.settle(by=rosa)
    with clock_at(now() + dt.timedelta(days=2)):
        question.take_response_back(by=rosa)
    assert list(FollowUp.objects.waiting()) == [question]


def test_what_nobody_answered_cannot_be_taken_back(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    by_itself = jo.follow_ups.create(
        channel="page", topic="status", counts=True, answered_at=now(), answered_by="sincerely"
    )
    for each in (question, by_itself):
        with pytest.raises(CannotDo, match="nothing to take back"):
            each.take_response_back(by=rosa)
    by_itself.refresh_from_db()
    assert by_itself.answered_at


def test_a_reply_is_not_taken_back_when_they_asked_again_since(
    question: FollowUp, rosa: Identity, jo: Application
) -> None:
    question.respond("Yes.", by=rosa)
    ask(jo, Topic.ADJUSTMENT, text="And a ramp?")
    with pytest.raises(CannotDo, match="Answer that message instead"):
        question.take_response_back(by=rosa)


def test_what_was_taken_back_is_there_to_go_on_from(question: FollowUp, rosa: Identity) -> None:
    assert question.taken_back() == {}
    day = now().date() + dt.timedelta(days=9)
    question.respond("I will find out.", by=rosa, rest_by=day)
    question.take_response_back(by=rosa)
    assert question.taken_back() == {
        "text": "I will find out.", "due_on": "", "rest_by": str(day)
    }  # fmt: skip
    question.settle(by=rosa)
    question.take_response_back(by=rosa)
    assert question.taken_back() == {}


def test_a_first_reply_stays_when_the_rest_was_said_on_the_phone(
    question: FollowUp, rosa: Identity, ada: Identity
) -> None:
    day = now().date() + dt.timedelta(days=9)
    first = question.respond("I will find out.", by=rosa, rest_by=day)
    with clock_at(now() + dt.timedelta(hours=1)):
        first.settle(Message.State.SENT, source="smtp reply")
        question.settle(by=ada, note="Called.")
        assert question.reply == first
        assert "I will find out." in question.shown_reply
        question.take_response_back(by=ada)
        assert FollowUp.objects.waiting().get().answered_by == "Rosa"
        with pytest.raises(CannotDo, match="too late"):
            question.take_response_back(by=ada)
        with pytest.raises(CannotDo, match="Rosa has written to them already"):
            question.respond("Yes.", by=ada)
        question.respond("Yes.", by=ada, seen=first.pk)
        question.take_response_back(by=ada)
        question.refresh_from_db()
        assert (question.reply, question.answer_by) == (first, day)


def test_a_first_reply_that_is_held_is_not_sent_once_it_is_settled(
    question: FollowUp, rosa: Identity
) -> None:
    before = question.answer_by
    first = question.respond("Later.", by=rosa, rest_by=now().date() + dt.timedelta(days=9))
    question.settle(by=rosa, note="They came by.")
    first.refresh_from_db()
    assert first.state == Message.State.SKIPPED
    question.take_response_back(by=rosa)
    question.refresh_from_db()
    assert (question.answer_by, question.reply, question.reply_text) == (before, None, "")

"""The verbs of an application, and what they leave behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Call, CannotDo, Job, Reason, Review
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.status import status_of
from sincerely.hiring.wording import Wording
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

pytestmark = pytest.mark.usefixtures("at_diner")
MINUTE = dt.timedelta(minutes=1)
State = Message.State


def stage(application: Application, name: str) -> object:
    return application.employer.stages.get(name=name)


def again(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)


def deliver(application: Application, kind: str) -> None:
    """What the worker and the mail server do once the undo window is over."""
    message = application.messages().filter(kind=kind).latest("created_at")
    assert message.settle(State.SENT, source="smtp reply")
    assert message.settle(State.DELIVERED, source="dsn")


def test_a_move_tells_the_applicant_and_promises_the_next_date(
    jo: Application, rosa: Identity
) -> None:
    due = now().date() + dt.timedelta(days=30)
    jo.move(stage(jo, "Interview"), by=rosa, due_on=due)
    message = jo.messages().get(kind="moved")
    assert message.is_held(now())
    assert "Interviews" in message.text
    assert again(jo).due_on == due
    assert jo.promises.order_by("made_at").last().due_on == due


def test_the_recruiters_own_words_are_sent(jo: Application, rosa: Identity) -> None:
    jo.decline(by=rosa, message=Wording("About {job}", "Dear {name}, no."))
    message = jo.messages().get(kind="declined")
    assert (message.subject, message.text) == ("About Line cook", "Dear Jo Smith, no.")


def test_without_a_message_the_earlier_date_stands(jo: Application, rosa: Identity) -> None:
    jo.move(stage(jo, "Review"), by=rosa, tell=False)
    assert again(jo).due_on == jo.due_on
    assert jo.promises.count() == 1
    assert not jo.messages().filter(kind="moved").exists()


def test_a_move_without_a_message_can_be_taken_back_while_it_does_not_show(
    jo: Application, rosa: Identity
) -> None:
    before = status_of(again(jo))
    jo.move(stage(jo, "Review"), by=rosa, tell=False)
    assert status_of(again(jo)) == before
    jo.undo(by=rosa)
    assert (again(jo).stage.name, again(jo).due_on) == ("New", jo.promises.get().due_on)
    jo.move(stage(jo, "Review"), by=rosa, tell=False)
    with clock_at(now() + 11 * MINUTE):
        assert status_of(again(jo)).title == "With the hiring manager"
        with pytest.raises(CannotDo, match="nothing to take back"):
            jo.undo(by=rosa)


def test_what_no_message_will_tell_is_told_aloud_and_then_stays(
    jo: Application, rosa: Identity
) -> None:
    jo.move(stage(jo, "Review"), by=rosa, tell=False)
    jo.log_call(Call.Kind.VOICEMAIL, by=rosa, told=True)
    assert status_of(again(jo)).title == "Received"
    jo.log_call(Call.Kind.CALL, by=rosa, told=True)
    assert status_of(again(jo)).title == "With the hiring manager"
    with pytest.raises(CannotDo, match="nothing to take back"):
        jo.undo(by=rosa)


def test_who_has_no_address_can_be_told_of_their_end_at_once(
    cook: Job, apply: Any, rosa: Identity
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    no_mail.decline(by=rosa)
    no_mail.log_call(Call.Kind.CALL, by=rosa, told=True)
    assert status_of(again(no_mail)).ended == Reason.DECLINED
    assert no_mail.closure.told_how == "in a call with Rosa"
    with pytest.raises(CannotDo, match="too late"):
        no_mail.undo(by=rosa)


def test_a_move_without_a_message_overtakes_the_one_whose_message_is_held(
    jo: Application, rosa: Identity
) -> None:
    before, later = jo.due_on, now().date() + dt.timedelta(days=90)
    jo.move(stage(jo, "Interview"), by=rosa, due_on=later)
    jo.move(stage(jo, "Review"), by=rosa, tell=False)
    assert jo.messages().filter(kind="moved").unsent().count() == 0
    assert again(jo).due_on == before
    jo.undo(by=rosa)
    assert (again(jo).stage.name, again(jo).due_on) == ("Interview", later)


def test_a_promise_is_kept_by_a_delivered_message_and_not_by_a_queued_one(
    jo: Application, rosa: Identity
) -> None:
    first = jo.promises.get()
    jo.move(stage(jo, "Review"), by=rosa)
    first.refresh_from_db()
    assert first.outcome == Outcome.OPEN
    deliver(jo, "moved")
    first.refresh_from_db()
    assert first.outcome == Outcome.KEPT
    assert jo.promises.open().count() == 1


def test_a_late_proof_keeps_nothing_that_was_promised_after_its_message(
    jo: Application, rosa: Identity
) -> None:
    jo.move(stage(jo, "Review"), by=rosa)
    with clock_at(now() + dt.timedelta(hours=1)):
        jo.log_call(Call.Kind.CALL, by=rosa, told=True)
        deliver(jo, "moved")
    assert jo.promises.order_by("made_at").last().outcome == Outcome.OPEN


def test_a_message_that_comes_after_the_date_breaks_the_promise(
    jo: Application, rosa: Identity
) -> None:
    first = jo.promises.get()
    with clock_at(now() + dt.timedelta(days=60)):
        jo.move(stage(jo, "Review"), by=rosa)
        deliver(jo, "moved")
    first.refresh_from_db()
    assert first.outcome == Outcome.BROKEN


def test_decided_and_told_are_two_facts(jo: Application, rosa: Identity) -> None:
    closure = jo.decline(by=rosa, note="Too far away.")
    assert closure.told_at is None
    deliver(jo, "declined")
    closure.refresh_from_db()
    assert closure.told_at is not None
    assert "by e-mail" in closure.told_how
    assert jo.promises.get().outcome == Outcome.KEPT


def test_a_bounced_message_tells_nobody(jo: Application, rosa: Identity) -> None:
    closure = jo.decline(by=rosa)
    message = jo.messages().get(kind="declined")
    message.settle(State.SENT, source="smtp reply")
    message.settle(State.BOUNCED, source="dsn", evidence="550 5.1.1")
    closure.refresh_from_db()
    assert closure.told_at is None
    assert jo.promises.get().outcome == Outcome.OPEN
    assert jo.events()[0].kind == "not_reached"


def test_a_held_decision_changes_nothing_the_applicant_sees(
    jo: Application, rosa: Identity
) -> None:
    before = status_of(again(jo))
    jo.decline(by=rosa, note="Too far away.")
    assert status_of(again(jo)) == before
    with clock_at(now() + 11 * MINUTE):
        after = status_of(again(jo))
    assert after.ended == Reason.DECLINED
    assert "Too far" not in repr(after)


def test_a_held_move_changes_nothing_the_applicant_sees(jo: Application, rosa: Identity) -> None:
    before = status_of(again(jo))
    jo.move(stage(jo, "Review"), by=rosa)
    assert status_of(again(jo)) == before
    with clock_at(now() + 11 * MINUTE):
        assert status_of(again(jo)).title == "With the hiring manager"


def test_a_decision_can_be_taken_back_until_its_message_goes(
    jo: Application, rosa: Identity
) -> None:
    jo.decline(by=rosa)
    jo.undo(by=rosa)
    assert again(jo).is_open
    assert jo.messages().get(kind="declined").state == State.SKIPPED
    jo.decline(by=rosa)
    deliver(jo, "declined")
    with pytest.raises(CannotDo, match="on its way"):
        jo.undo(by=rosa)


def test_a_move_can_be_taken_back_with_its_date(jo: Application, rosa: Identity) -> None:
    before = status_of(again(jo))
    jo.move(stage(jo, "Interview"), by=rosa)
    jo.undo(by=rosa)
    assert again(jo).stage.name == "New"
    assert again(jo).due_on == jo.promises.get().due_on
    assert status_of(again(jo)) == before
    with pytest.raises(CannotDo, match="nothing to take back"):
        jo.undo(by=rosa)


def test_a_later_decision_overtakes_a_held_move(jo: Application, rosa: Identity) -> None:
    jo.move(stage(jo, "Interview"), by=rosa)
    jo.decline(by=rosa)
    assert jo.messages().get(kind="moved").state == State.SKIPPED
    with clock_at(now() + 11 * MINUTE):
        assert status_of(again(jo)).ended == Reason.DECLINED
    jo.undo(by=rosa)
    assert again(jo).stage.name == "Interview"
    assert jo.promises.open().count() == 2


def test_a_move_is_told_after_all_when_the_decision_that_overtook_it_is_taken_back(
    jo: Application, rosa: Identity
) -> None:
    written = Wording("Come and see us", "Hello Jo, we would like to meet you.")
    jo.move(stage(jo, "Interview"), by=rosa, message=written)
    with clock_at(now() + 5 * MINUTE):
        jo.decline(by=rosa)
        jo.undo(by=rosa)
        (message,) = jo.messages().filter(kind="moved").unsent()
    assert (message.subject, message.text) == (written.subject, written.body)
    with clock_at(now() + 11 * MINUTE):
        assert status_of(again(jo)).title != "Interviews"  # the window began anew
    with clock_at(now() + 16 * MINUTE):
        assert status_of(again(jo)).title == "Interviews"
        message.settle(State.DELIVERED, source="dsn")
    assert [each.outcome for each in jo.promises.order_by("made_at")] == [
        Outcome.KEPT,
        Outcome.OPEN,
    ]


def test_of_three_moves_in_a_row_the_one_that_is_left_is_told(
    jo: Application, rosa: Identity
) -> None:
    jo.move(stage(jo, "Review"), by=rosa)
    jo.move(stage(jo, "Interview"), by=rosa)
    jo.move(stage(jo, "Offer"), by=rosa)
    jo.undo(by=rosa)
    jo.undo(by=rosa)
    with clock_at(now() + 11 * MINUTE):
        deliver(jo, "moved")
        assert status_of(again(jo)).title == "With the hiring manager"
    assert jo.messages().filter(kind="moved").unsent().count() == 0


def test_two_moves_in_a_row_tell_once(jo: Application, rosa: Identity) -> None:
    jo.move(stage(jo, "Review"), by=rosa)
    jo.move(stage(jo, "Interview"), by=rosa)
    assert jo.messages().filter(kind="moved").unsent().count() == 1
    with clock_at(now() + 11 * MINUTE):
        deliver(jo, "moved")
        status = status_of(again(jo))
    assert status.title == "Interviews"
    assert jo.promises.open().count() == 1


def test_the_first_of_two_decisions_stands(jo: Application, rosa: Identity, hugo: Identity) -> None:
    jo.decline(by=rosa)
    with pytest.raises(CannotDo, match="Declined by Rosa"):
        again(jo).hire(by=hugo)
    assert jo.messages().filter(kind="hired").count() == 0


def test_the_applicant_withdraws_and_has_a_minute_to_think_again(jo: Application) -> None:
    jo.withdraw()
    assert status_of(again(jo)).ended == Reason.WITHDRAWN
    assert jo.promises.get().outcome == Outcome.RELEASED
    jo.undo(by="the applicant")
    assert again(jo).is_open
    assert jo.promises.get().outcome == Outcome.OPEN
    jo.withdraw()
    with clock_at(now() + 2 * MINUTE), pytest.raises(CannotDo, match="minute"):
        jo.undo(by="the applicant")


def test_nobody_else_can_take_a_withdrawal_back(jo: Application, rosa: Identity) -> None:
    jo.withdraw()
    with pytest.raises(CannotDo):
        jo.undo(by=rosa)


def test_the_applicant_cannot_take_back_a_held_decision(jo: Application, rosa: Identity) -> None:
    jo.decline(by=rosa)
    with pytest.raises(CannotDo):
        jo.undo(by="the applicant")
    assert not again(jo).is_open


def test_a_conversation_can_tell_but_a_voicemail_cannot(jo: Application, rosa: Identity) -> None:
    closure = jo.decline(by=rosa)
    jo.log_call(Call.Kind.VOICEMAIL, by=rosa, told=True)
    closure.refresh_from_db()
    assert closure.told_at is None
    with clock_at(now() + 11 * MINUTE):
        jo.log_call(Call.Kind.CALL, by=rosa, told=True)
    closure.refresh_from_db()
    assert closure.told_how == "in a call with Rosa"


def test_nobody_is_told_aloud_what_is_still_held(jo: Application, rosa: Identity) -> None:
    closure = jo.decline(by=rosa)
    jo.log_call(Call.Kind.CALL, by=rosa, told=True)
    closure.refresh_from_db()
    assert closure.told_at is None


def test_a_hiring_manager_declines_in_one_step(jo: Application, hugo: Identity) -> None:
    jo.review(Review.Outcome.DECLINE, by=hugo, reason="No night shifts.")
    assert jo.closure is not None
    assert jo.closure.note == "No night shifts."
    assert "night" not in jo.messages().get(kind="declined").text


def test_a_hiring_manager_advances_to_the_next_stage(jo: Application, hugo: Identity) -> None:
    jo.review(Review.Outcome.ADVANCE, by=hugo, reason="Good hands.")
    assert again(jo).stage.name == "Review"


def test_there_is_nothing_to_advance_to_after_the_last_stage(
    jo: Application, rosa: Identity, hugo: Identity
) -> None:
    jo.move(stage(jo, "Offer"), by=rosa)
    with pytest.raises(CannotDo, match="last stage"):
        again(jo).review(Review.Outcome.ADVANCE, by=hugo, reason="Yes")
    assert jo.reviews.count() == 0


def test_who_gave_no_address_is_promised_a_date_all_the_same(
    cook: object, apply: Callable[..., Application], rosa: Identity
) -> None:
    walk_in = apply(cook, email="")
    walk_in.move(stage(walk_in, "Interview"), by=rosa)
    assert walk_in.messages().count() == 0
    assert walk_in.promises.count() == 2
    closure = walk_in.decline(by=rosa)
    assert closure.message is None
    assert closure.told_at is None


def test_a_note_is_for_the_team(jo: Application, rosa: Identity, diner: Employer) -> None:
    jo.add_note("Ask about Sundays.", by=rosa)
    assert jo.events()[0].data == {"text": "Ask about Sundays."}
    assert "Sundays" not in repr(status_of(again(jo)))


@pytest.mark.django_db(transaction=True)
def test_of_two_recruiters_who_decide_in_the_same_moment_one_decides(
    jo: Application, rosa: Identity, ada: Identity
) -> None:
    def decide(by: Identity) -> str:
        try:
            with jo.employer.scope():
                Application.objects.for_page().get(pk=jo.pk).decline(by=by)
        except CannotDo as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "declined"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(decide, (rosa, ada)), key=len)
    assert said[0] == "declined"
    assert "has ended already: Declined by" in said[1]
    with jo.employer.scope():
        assert jo.messages().filter(kind="declined").count() == 1
        assert jo.closures.count() == 1

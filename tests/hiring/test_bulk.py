from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring import bulk
from sincerely.hiring.models import Application, Job
from sincerely.hiring.wording import DEFAULTS, Wording
from sincerely.outbox.models import Message

Apply = Callable[..., Application]
WORDS = DEFAULTS["declined"]


def decline(*people: Application, by: Identity, **more: Any) -> bulk.Decided:
    seen = {each.pk: each.stage_id for each in people}
    return bulk.decide(seen, None, by=by, **{"written": WORDS} | more)


@pytest.fixture
def ann(cook: Job, apply: Apply) -> Application:
    return apply(cook, name="Ann", email="ann@example.org")


def test_all_are_declined_with_one_message_and_a_line_each_and_taken_back_as_one(
    jo: Application, ann: Application, rosa: Identity, at_diner: Employer
) -> None:
    decided = decline(jo, ann, by=rosa, lines={ann.pk: "Your soup was the best."})
    assert "Your soup was the best." in ann.messages().get(kind="declined").text
    assert "soup" not in jo.messages().get(kind="declined").text
    assert decided.decision
    assert bulk.undo(decided.decision, by=rosa) == (2, [])
    assert set(Message.objects.filter(kind="declined").values_list("state", flat=True)) == {
        "skipped"
    }
    assert Application.objects.open().count() == 2


def test_the_second_of_two_recruiters_sees_the_first_ones_decision_and_nothing_goes_out_twice(
    jo: Application, ann: Application, rosa: Identity, ada: Identity, at_diner: Employer
) -> None:
    jo.decline(by=rosa)
    decided = decline(jo, ann, by=ada)
    assert decided.left_out == ("Jo Smith's application has ended already: Declined by Rosa.",)
    assert [each.pk for each in decided.done] == [ann.pk]
    assert jo.messages().filter(kind="declined").count() == 1


def test_who_was_moved_since_they_were_seen_is_left_out(
    jo: Application, rosa: Identity, ada: Identity, at_diner: Employer
) -> None:
    seen = {jo.pk: jo.stage_id}
    jo.move(at_diner.stages.get(name="Interview"), by=rosa)
    decided = bulk.decide(seen, None, by=ada, written=WORDS)
    assert decided.left_out == (
        "Rosa has moved Jo Smith to Interview meanwhile. Look at it again.",
    )
    assert decided.decision is None


def test_one_person_with_two_applications_gets_one_message_that_names_both_jobs(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    decided = decline(jo, jo_as_waiter, by=rosa, written=Wording("{job}", "No, {name}: {job}."))
    message = Message.objects.get(kind="declined")
    assert message.text == "No, Jo Smith: Line cook and Waiter."
    assert len(decided.done) == 2
    message.settle(Message.State.SENT, source="smtp reply")
    message.settle(Message.State.RELAYED, source="dsn")
    assert all(each.closure and each.closure.told_at for each in decided.done)
    message.settle(Message.State.BOUNCED, source="dsn")
    assert not any(each.closure and each.closure.told_at for each in decided.done)


def test_taking_back_one_of_two_that_one_message_tells_of_takes_back_both(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    decline(jo, jo_as_waiter, by=rosa)
    jo.undo(by=rosa)
    jo_as_waiter.refresh_from_db()
    assert jo_as_waiter.is_open


def test_who_withdraws_one_of_two_is_told_of_the_other_alone(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    decline(jo, jo_as_waiter, by=rosa)
    jo.withdraw()
    told = Message.objects.get(kind="declined", state="queued")
    assert "Waiter" in told.subject
    assert "Line cook" not in told.subject
    closure = jo_as_waiter.closure
    assert closure
    assert closure.message == told
    assert abs(closure.shown_at - told.hold_until) < dt.timedelta(seconds=1)


def test_nobody_is_declined_while_they_hold_an_offer_for_another_job(
    jo: Application, jo_as_waiter: Application, rosa: Identity, at_diner: Employer
) -> None:
    jo_as_waiter.move(at_diner.stages.get(name="Offer"), by=rosa)
    decided = decline(jo, by=rosa)
    assert decided.left_out == ("Jo Smith holds an offer as Waiter: decide on them alone.",)


def test_several_are_moved_and_what_was_decided_later_stays(
    jo: Application, ann: Application, rosa: Identity, at_diner: Employer
) -> None:
    review, words = at_diner.stages.get(name="Review"), DEFAULTS["moved"]
    seen = {each.pk: each.stage_id for each in (jo, ann)}
    decided = bulk.decide(seen, review, by=rosa, written=words, lines={jo.pk: "Well done."})
    assert "Well done." in jo.messages().get(kind="moved").text
    ann.refresh_from_db()
    ann.decline(by=rosa)
    assert decided.decision
    assert bulk.undo(decided.decision, by=rosa) == (1, [])
    jo.refresh_from_db()
    assert jo.stage.name == "New"
    assert ann.closure

"""A missed date is told to the applicant, and gives the follow-up back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.jobs import sweep_promises
from sincerely.hiring.models import Application, Call, FollowUp, Job, Promise
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.status import status_of
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

Run = Callable[..., list[str]]
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def arrived(at_diner: Employer, jo: Application) -> Application:
    """Jo's application, due on Thursday, 3 December 2026."""
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    due_on = dt.date(2026, 12, 3)
    made = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    Application.objects.filter(pk=jo.pk).update(applied_at=made, due_on=due_on)
    wake_at = Promise.made(jo, due_on).wake_at
    jo.promises.update(made_at=made, shown_at=made, due_on=due_on, wake_at=wake_at)
    return again(jo)


def again(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)


def at(day: int, hour: int = 8, minute: int = 1, month: int = 12) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


def sweep(run: Run, when: dt.datetime) -> None:
    with clock_at(when):
        sweep_promises(0)
        run(when + dt.timedelta(seconds=1))


def late_notes(application: Application) -> list[Message]:
    return list(application.messages().filter(kind="late").order_by("created_at"))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (at(3, 23), False),  # still the promised day
        (at(4, 7, 59), False),
        (at(4), True),  # Friday, the business day after
    ],
)
def test_the_note_goes_out_on_the_morning_after_the_grace(
    arrived: Application, run_jobs: Run, when: dt.datetime, told: bool
) -> None:
    sweep(run_jobs, when)
    assert bool(late_notes(arrived)) == told


def test_the_note_is_honest_and_gives_a_new_date(arrived: Application, run_jobs: Run) -> None:
    sweep(run_jobs, at(4))
    (note,) = late_notes(arrived)
    assert "by Thursday, 3 December" in note.text
    assert "Friday, 11 December" in note.text  # five business days later
    assert again(arrived).due_on == dt.date(2026, 12, 11)
    assert arrived.events().filter(kind="promise_missed").count() == 1


def test_running_twice_tells_once(arrived: Application, run_jobs: Run) -> None:
    sweep(run_jobs, at(4))
    sweep(run_jobs, at(4, 9))
    sweep(run_jobs, at(5, 9))
    assert len(late_notes(arrived)) == 1


def test_each_new_date_that_is_missed_is_told_again(arrived: Application, run_jobs: Run) -> None:
    sweep(run_jobs, at(4))
    sweep(run_jobs, at(14))  # Monday after Friday, 11 December
    assert len(late_notes(arrived)) == 2


def test_the_used_follow_up_comes_back(arrived: Application, run_jobs: Run) -> None:
    with clock_at(at(30, month=11)):
        used = ask(arrived, Topic.STATUS)
        assert not contact_advice(arrived).may_ask
    sweep(run_jobs, at(4))
    used.refresh_from_db()
    assert used.given_back_at
    with clock_at(at(4, 12)):
        assert contact_advice(again(arrived)).may_ask
        assert ask(again(arrived), Topic.QUESTION, text="What now?").counts
    assert FollowUp.objects.standing().count() == 1


def test_the_late_note_settles_the_old_date_as_broken_once_it_is_delivered(
    arrived: Application, run_jobs: Run
) -> None:
    sweep(run_jobs, at(4))
    (note,) = late_notes(arrived)
    with clock_at(at(4, 9)):
        note.settle(Message.State.DELIVERED, source="dsn")
    first, second = arrived.promises.order_by("made_at")
    assert (first.outcome, second.outcome) == (Outcome.BROKEN, Outcome.OPEN)
    with clock_at(at(4, 12)):
        assert contact_advice(again(arrived)).may_ask


@pytest.mark.parametrize("kept", ["told by phone", "moved on", "declined"])
def test_who_heard_in_time_or_has_an_end_gets_no_note(
    arrived: Application, run_jobs: Run, rosa: Identity, kept: str
) -> None:
    with clock_at(at(2)):
        if kept == "told by phone":
            arrived.log_call(Call.Kind.CALL, by=rosa, told=True, due_on=dt.date(2026, 12, 20))
        elif kept == "moved on":
            arrived.move(arrived.next_stage(), by=rosa)
        else:
            arrived.decline(by=rosa)
    sweep(run_jobs, at(4))
    assert late_notes(arrived) == []


def test_an_end_that_was_taken_back_leaves_the_date_owed(
    arrived: Application, run_jobs: Run, rosa: Identity
) -> None:
    with clock_at(at(4, 7, 55)):
        arrived.decline(by=rosa)
    sweep(run_jobs, at(4))
    with clock_at(at(4, 8, 3)):
        again(arrived).undo(by=rosa)
    sweep(run_jobs, at(5, 9))
    assert len(late_notes(arrived)) == 1


def test_who_wants_to_be_asked_first_is_and_silence_ends_after_five_business_days(
    arrived: Application, run_jobs: Run, diner: Employer
) -> None:
    diner.asks_before_late_notes = True
    diner.save()
    sweep(run_jobs, at(4))
    assert late_notes(arrived) == []
    assert arrived.promises.get().missed_at
    with clock_at(at(4, 9)):
        assert contact_advice(again(arrived)).asking.rule == "promise-broken"
    sweep(run_jobs, at(9))
    assert late_notes(arrived) == []
    sweep(run_jobs, at(10))  # five business days after the 3rd
    assert len(late_notes(arrived)) == 1
    assert arrived.events().filter(kind="promise_missed").count() == 1


def test_without_an_address_a_person_has_to_and_no_date_is_made_up(
    cook: Job, apply: Callable[..., Application], at_diner: Employer, run_jobs: Run
) -> None:
    sam = apply(cook, name="Sam", email="", phone="+12125550100")
    sweep(run_jobs, now() + dt.timedelta(days=40))
    assert again(sam).due_on == sam.due_on
    assert sam.promises.get().missed_at


def test_a_kept_promise_is_owed_again_when_its_message_comes_back(
    arrived: Application, run_jobs: Run, rosa: Identity
) -> None:
    with clock_at(at(1)):
        arrived.decline(by=rosa)
    message = arrived.messages().get(kind="declined")
    with clock_at(at(1, 9)):
        message.settle(Message.State.DELIVERED, source="dsn")
        assert arrived.promises.get().outcome == Outcome.KEPT
        assert again(arrived).closure.told_at  # type: ignore[union-attr]
        message.settle(Message.State.BOUNCED, source="dsn")
    assert arrived.promises.get().outcome == Outcome.OPEN
    assert again(arrived).closure.told_at is None  # type: ignore[union-attr]


def test_the_page_says_that_a_date_was_missed(arrived: Application, run_jobs: Run) -> None:
    sweep(run_jobs, at(4))
    with clock_at(at(4, 9)):
        status = status_of(again(arrived))
    assert status.next_by == dt.date(2026, 12, 11)
    assert "Thursday, 3 December" in status.sentence
    assert "sorry" in status.sentence


def test_another_zone_is_looked_at_again_and_told_in_its_own_morning(
    arrived: Application, run_jobs: Run, diner: Employer
) -> None:
    diner.time_zone = "America/Los_Angeles"
    diner.save()
    sweep(run_jobs, at(4))  # five in the morning there
    assert late_notes(arrived) == []
    sweep(run_jobs, at(4, 11, 5))
    assert len(late_notes(arrived)) == 1

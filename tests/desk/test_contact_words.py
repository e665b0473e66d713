"""What a recruiter reads about a caller's one follow-up, in each of the states it may be in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.desk.contact_words import CallerWords, caller_words
from sincerely.hiring.asking import ask
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application, Call
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message

DAY = dt.timedelta(days=1)


def words(application: Application, days: float = 0) -> CallerWords:
    with clock_at(now() + days * DAY):
        fresh = Application.objects.for_page().get(pk=application.pk)
        return caller_words(contact_advice(fresh))


@pytest.fixture
def arrived(at_diner: Employer, jo: Application) -> Application:
    """Jo's receipt has arrived; the promised date lies far ahead."""
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.DELIVERED, source="dsn")
    jo.promises.update(due_on=now().date() + 30 * DAY)
    return Application.objects.for_page().get(pk=jo.pk)


def test_before_and_after_the_wait(arrived: Application) -> None:
    assert words(arrived).title == "Follow-up not open yet"
    assert "their one follow-up all the same" in words(arrived).means
    assert words(arrived, 8).title == "Follow-up open"
    assert words(arrived, 8).used is None


@pytest.mark.parametrize(
    ("kind", "how"), [("call", "by phone"), ("voicemail", "by voicemail"), ("visit", "in person")]
)
def test_used_aloud_names_how_and_who_took_it(
    arrived: Application, rosa: Identity, kind: str, how: str
) -> None:
    arrived.log_call(Call.Kind(kind), by=rosa)
    said = words(arrived, 8)
    assert (said.title, said.how, said.taken_by) == ("Follow-up used", how, "Rosa")


@pytest.mark.parametrize(
    ("channel", "how"), [(Channel.PAGE, "on their status page"), (Channel.EMAIL, "by e-mail")]
)
def test_used_in_writing_was_taken_by_nobody(
    arrived: Application, channel: Channel, how: str
) -> None:
    with clock_at(now() + 8 * DAY):
        ask(arrived, Topic.STATUS, channel=channel)
    said = words(arrived, 9)
    assert (said.title, said.how, said.taken_by) == ("Follow-up used", how, "")


def test_a_missed_date_gives_it_back(arrived: Application, rosa: Identity) -> None:
    arrived.log_call(Call.Kind.CALL, by=rosa)
    said = words(arrived, 40)
    assert said.title == "Follow-up given back"
    assert said.used
    assert "This call is the new one." in said.means
    arrived.follow_ups.get().give_back("The date passed.")
    assert words(arrived, 40) == said


def test_whose_receipt_came_back_uses_nothing_up(at_diner: Employer, jo: Application) -> None:
    receipt = jo.receipt
    assert receipt is not None
    receipt.settle(Message.State.BOUNCED, source="dsn")
    assert "does not use up" in words(jo).means.replace("\n", " ")


def test_an_end_is_an_end_once_the_applicant_may_know(arrived: Application, rosa: Identity) -> None:
    before = words(arrived)
    arrived.decline(by=rosa)
    assert words(arrived) == before
    assert words(arrived, 1).title == "Ended: nothing to follow up"


def test_whom_somebody_agreed_to_talk_with_is_named(arrived: Application, refer: Any) -> None:
    vouch = refer().vouches.get()
    vouch.confirm(until=vouch.until)
    assert words(arrived).title == "May contact Kim Adair once"
    assert "Is it Kim Adair they want?" in words(arrived).means


def test_a_question_that_waits_is_no_reason_to_say_that_nothing_is_to_do(
    arrived: Application,
) -> None:
    with clock_at(now() + 9 * DAY):
        ask(arrived, Topic.QUESTION, text="Which shift?")
    said = words(arrived, 9)
    assert said.title == "Follow-up used"
    assert "still waits for an answer, owed by" in said.means

"""Sentences to answer with: true, and nothing that the applicant may not know."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.models import Application, FollowUp, PolicyVersion
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.ready_replies import ReadyReply, ready_replies
from sincerely.hiring.status import status_of
from sincerely.kernel.clock import clock_at, now


@pytest.fixture
def question(at_diner: Employer, jo: Application) -> FollowUp:
    return ask(jo, Topic.ADJUSTMENT, text="Is there a lift?")


def ready(follow_up: FollowUp) -> dict[str, ReadyReply]:
    fresh = FollowUp.objects.for_page().get(pk=follow_up.pk)
    return {each.key: each for each in ready_replies(fresh, status_of(fresh.application))}


def test_the_sentences_are_filled_from_the_facts(question: FollowUp, jo: Application) -> None:
    said = ready(question)
    day = date_to_promise(jo.employer, 2)
    assert list(said) == ["later", "open", "where", "hears"]
    assert f"write to you by {in_words(day)}" in said["later"].text
    assert said["later"].rest_by == day
    assert "still open" in said["open"].text
    assert jo.stage.public_name in said["where"].text
    assert in_words(jo.due_on) in said["hears"].text  # type: ignore[arg-type]


def test_who_says_that_something_is_wrong_is_told_what_arrived(
    at_diner: Employer, jo: Application
) -> None:
    said = ready(ask(jo, Topic.PROBLEM, text="My file?"))
    assert "arrived on" in said["arrived"].text
    assert "open" not in said


def test_a_missed_date_is_named_as_missed(question: FollowUp) -> None:
    with clock_at(now() + dt.timedelta(days=60)):
        assert "We are late, and we are sorry." in ready(question)["hears"].text


def test_a_decision_that_is_held_is_in_none_of_them(question: FollowUp, rosa: Identity) -> None:
    before = ready(question)
    question.application.decline(by=rosa)
    assert ready(question) == before


def test_once_the_end_is_told_no_date_is_offered(question: FollowUp, rosa: Identity) -> None:
    question.application.decline(by=rosa)
    with clock_at(now() + dt.timedelta(days=1)):
        said = ready(question)
    assert list(said) == ["later", "open", "where"]
    assert said["open"].text == "Your application has ended."
    assert "has decided not to go on" in said["where"].text


@pytest.mark.parametrize(
    ("policy", "reply_to", "said"),
    [
        ({"stance": "call_once", "phone": "+1 212 555 0142"}, "", "call +1 212 555 0142."),
        ({"email": "jobs@spoon.example"}, "x@spoon.example", "write to jobs@spoon.example."),
        ({"phone": "+1 212 555 0142"}, "x@spoon.example", "write to x@spoon.example."),
    ],
)
def test_how_to_reach_you_is_what_the_policy_allows(
    policy: dict[str, Any], reply_to: str, said: str, diner: Employer, cook: Any, apply: Any
) -> None:
    with diner.scope():
        PolicyVersion.objects.all().delete()
        PolicyVersion.objects.create(published=policy, in_force_from=now() - dt.timedelta(days=9))
        Employer.objects.filter(pk=diner.pk).update(reply_to=reply_to, setup_version=99)
        cook.employer.refresh_from_db()
        row = ask(apply(cook), Topic.ADJUSTMENT, text="Is there a lift?")
        assert said in ready(row)["contact"].text

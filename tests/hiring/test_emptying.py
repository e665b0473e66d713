from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.hiring.models import Application, Promise
from sincerely.hiring.stage_setup import archive
from sincerely.kernel import clock
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db


def test_a_message_that_would_name_the_stage_is_not_sent_and_the_told_date_stands(
    at_diner, jo, rosa, ada
):
    _new, review, interview, _ = at_diner.stages.order_by("position")
    told = jo.due_on
    moved = jo.move(review, by=rosa, due_on=told + dt.timedelta(days=20)).message
    archive(review, by=ada, move_to=interview)
    one = Application.objects.get(pk=jo.pk)
    assert (one.stage_id, one.due_on) == (interview.pk, told)
    moved.refresh_from_db()
    assert moved.state == Message.State.SKIPPED


def test_a_promise_that_is_open_wakes_and_is_kept_as_before(at_diner, jo, ada):
    new, review, *_ = at_diner.stages.order_by("position")
    before = Promise.objects.values("pk", "due_on", "wake_at", "outcome").get()
    archive(new, by=ada, move_to=review)
    assert Promise.objects.values("pk", "due_on", "wake_at", "outcome").get() == before


def test_it_shows_to_the_applicant_after_the_undo_window_and_can_be_taken_back(at_diner, jo, ada):
    new, review, *_ = at_diner.stages.order_by("position")
    archive(new, by=ada, move_to=review)
    assert jo.stage_entries.shown().first().stage_id == new.pk
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        assert jo.stage_entries.shown().first().stage_id == review.pk
    one = Application.objects.for_page().get(pk=jo.pk)
    one.undo(by=ada)
    assert one.stage_id == new.pk, "the board shows an archived stage that somebody is in"


def test_three_cost_as_many_statements_as_one(at_diner, cook, apply, jo, ada):
    new, review, interview, _ = at_diner.stages.order_by("position")
    with CaptureQueriesContext(connection) as once:
        assert archive(new, by=ada, move_to=review) == 1
    apply(cook, name="Lee", email="lee@example.org")
    apply(cook, name="Ann", email="ann@example.org")
    Application.objects.update(stage=review)
    with CaptureQueriesContext(connection) as thrice:
        assert archive(review, by=ada, move_to=interview) == 3
    assert len(once) == len(thrice)

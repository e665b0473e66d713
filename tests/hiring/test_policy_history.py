from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Job
from sincerely.hiring.policy_history import history, jobs_with_their_own
from sincerely.kernel.clock import clock_at
from tests.hiring.policies import CALLS, NEW_YEAR, NOON, changed

pytestmark = pytest.mark.usefixtures("noon")


def test_history_tells_from_when_by_whom_and_what_changed(
    at_diner: Employer, ada: Identity
) -> None:
    changed(at_diner, ada, wait_days=21)
    told = history(at_diner)
    assert told.coming == []
    newest = told.past[0]
    assert (newest.begins, newest.by) == (NOON, "Ada")
    assert newest.new == [
        "You may ask about your application once, by e-mail, from 21 days after you applied."
        " Please do not call."
    ]
    assert newest.gone == [newest.new[0].replace("21", "7")]


def test_the_first_policy_of_an_employer_is_all_new(at_diner: Employer) -> None:
    [first] = history(at_diner).past
    assert len(first.new) == 4
    assert (first.gone, first.by) == ([], "")


def test_a_jobs_first_policy_is_told_by_what_it_changes(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    changed(at_diner, ada, cook, **CALLS)
    [own] = history(at_diner, cook).past
    assert any("welcome to call" in sentence for sentence in own.new)
    assert "If we miss a date we gave you, you may write to us again." not in own.new
    with clock_at(NOON + dt.timedelta(hours=1)):
        changed(at_diner, ada, cook, policy_of="employer")
        back = history(at_diner, cook).past[0]
    assert back.as_employer
    assert any("Please do not call" in sentence for sentence in back.new)
    assert any("welcome to call" in sentence for sentence in back.gone)


def test_planned_changes_are_told_apart_and_the_one_that_will_not_hold_says_so(
    at_diner: Employer, ada: Identity
) -> None:
    changed(at_diner, ada, wait_days=30, begins=dt.date(2027, 2, 1))
    changed(at_diner, ada, wait_days=21, begins=NEW_YEAR)
    changed(at_diner, ada, wait_days=14, begins=NEW_YEAR)
    coming = history(at_diner).coming
    assert [entry.replaced for entry in coming] == [True, False, False]
    assert [entry.begins.day for entry in coming] == [1, 1, 1]
    assert "14 days" in coming[1].new[0]
    assert "14 days" in coming[2].gone[0]


def test_the_history_of_many_changes_takes_one_statement(
    at_diner: Employer, ada: Identity, django_assert_num_queries: Any
) -> None:
    for wait_days in (1, 2, 3):
        changed(at_diner, ada, wait_days=wait_days)
    history(at_diner)
    with django_assert_num_queries(1):
        assert len(history(at_diner).past) >= 3


def test_jobs_with_a_policy_of_their_own_are_listed_until_they_go_back_or_close(
    at_diner: Employer, ada: Identity, cook: Job
) -> None:
    assert jobs_with_their_own(at_diner) == []
    changed(at_diner, ada, cook, **CALLS)
    assert jobs_with_their_own(at_diner) == [cook]
    with clock_at(NOON + dt.timedelta(hours=1)):
        changed(at_diner, ada, cook, policy_of="employer")
        assert jobs_with_their_own(at_diner) == []

"""Putting a row aside until tomorrow: it hides work, never a promise from its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, FollowUp, Hold
from sincerely.kernel import clock
from tests.desk.conftest import signed_in, text_of
from tests.desk.test_today import DESK, groups

HOLDS = f"{DESK}holds/"
HTMX = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{DESK}"}


def hold(client: Client, about: Any, kind: str = "due") -> Any:
    return client.post(HOLDS, {"kind": kind, "about": about}, headers=HTMX)


@pytest.fixture
def soon(apply_due: Callable[..., Application]) -> Application:
    return apply_due("Soon", 3)


def test_what_is_due_later_waits_until_tomorrow_and_is_there_again(
    at_rosas_desk: Client, soon: Application
) -> None:
    page = text_of(hold(at_rosas_desk, soon.pk))
    assert "Put aside until tomorrow." in page
    assert groups(at_rosas_desk) == {}
    whole = text_of(at_rosas_desk.get(DESK))
    assert "Nobody waits for an answer." in whole
    assert "One waits until tomorrow, as you said." in whole
    with clock.clock_at(clock.now() + dt.timedelta(days=1)):
        assert groups(at_rosas_desk) == {"week": ["Soon hears next"]}


def test_a_colleague_sees_it_all_the_same(
    at_rosas_desk: Client, soon: Application, ada: Identity
) -> None:
    hold(at_rosas_desk, soon.pk)
    assert groups(signed_in(ada)) == {"week": ["Soon hears next"]}


@pytest.mark.parametrize("days", [0, -1])
def test_a_promise_is_never_hidden_on_its_day_or_after(
    at_rosas_desk: Client,
    apply_due: Callable[..., Application],
    days: int,
) -> None:
    one = apply_due("Now", days)
    page = text_of(hold(at_rosas_desk, one.pk))
    assert "This cannot wait" in page
    with one.employer.scope():
        assert not Hold.objects.exists()
    assert "Tell Now where things stand" in text_of(at_rosas_desk.get(DESK))


def test_what_was_put_aside_shows_at_once_when_its_day_is_moved_to_today(
    at_rosas_desk: Client, soon: Application
) -> None:
    hold(at_rosas_desk, soon.pk)
    with soon.employer.scope():
        today = clock.today(soon.employer.time_zone)
        Application.objects.filter(pk=soon.pk).update(due_on=today)
    assert groups(at_rosas_desk) == {"today": ["Tell Soon where things stand"]}


def test_a_question_may_wait_and_its_applications_date_does_not_go_with_it(
    at_rosas_desk: Client, asks: Callable[..., FollowUp]
) -> None:
    asked = asks("Lee", 2)
    with asked.application.employer.scope():
        day = clock.today(asked.application.employer.time_zone) + dt.timedelta(days=1)
        Application.objects.update(due_on=day)
    hold(at_rosas_desk, asked.pk, "asked")
    assert groups(at_rosas_desk) == {"week": ["Lee hears next"]}


@pytest.mark.parametrize("kind", ["unreached", "untold", "on_hold", "reminders", "nothing", ""])
def test_what_cannot_wait_by_its_kind_is_refused(
    at_rosas_desk: Client, soon: Application, kind: str
) -> None:
    assert "This cannot wait" in text_of(hold(at_rosas_desk, soon.pk, kind))


@pytest.mark.parametrize("about", ["", "x", "01912345-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_refused(at_rosas_desk: Client, soon: Application, about: str) -> None:
    assert "This cannot wait" in text_of(hold(at_rosas_desk, about))
    assert groups(at_rosas_desk) == {"week": ["Soon hears next"]}


def test_hugo_cannot_put_aside_what_is_not_his(at_hugos_desk: Client, soon: Application) -> None:
    for kind in ("due", "to_read"):
        assert "This cannot wait" in text_of(hold(at_hugos_desk, soon.pk, kind))


def test_it_can_be_taken_back_by_who_did_it_alone(
    at_rosas_desk: Client, soon: Application, ada: Identity
) -> None:
    hold(at_rosas_desk, soon.pk)
    with soon.employer.scope():
        undo = f"{HOLDS}{Hold.objects.get().pk}/undo/"
    assert signed_in(ada).post(undo).status_code == 404
    at_rosas_desk.get(undo)
    assert groups(at_rosas_desk) == {}
    assert at_rosas_desk.post(undo).status_code == 302
    assert groups(at_rosas_desk) == {"week": ["Soon hears next"]}


def test_everything_can_be_shown_again_and_works_without_scripts(
    at_rosas_desk: Client, soon: Application
) -> None:
    sent = {"kind": "due", "about": soon.pk}
    assert "Put aside until tomorrow." in text_of(at_rosas_desk.post(HOLDS, sent, follow=True))
    at_rosas_desk.get(HOLDS)
    at_rosas_desk.get(f"{HOLDS}end/")
    assert groups(at_rosas_desk) == {}
    at_rosas_desk.post(f"{HOLDS}end/")
    assert groups(at_rosas_desk) == {"week": ["Soon hears next"]}

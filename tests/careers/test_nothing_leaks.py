"""Until a decision's undo window is over, nothing an applicant can see, send or read differs by a
byte from what it was before."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring import bulk
from sincerely.hiring.asking import ask
from sincerely.hiring.closing import close_out, end_applications
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.links import status_link
from sincerely.hiring.models import Application
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.wording import DEFAULTS
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
# Drawn anew for each page that is shown, whatever is on it.
_OF_A_MOMENT = {"Set-Cookie", "Expires"}
_DRAWN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w+/=-]+')


def declined(jo: Application, rosa: Identity) -> None:
    jo.decline(by=rosa, note="Too slow.")


def hired(jo: Application, rosa: Identity) -> None:
    jo.hire(by=rosa)


def moved(jo: Application, rosa: Identity) -> None:
    jo.move(jo.employer.stages.get(name="Interview"), by=rosa)


def moved_and_declined(jo: Application, rosa: Identity) -> None:
    moved(jo, rosa)
    declined(jo, rosa)


def declined_with_others(jo: Application, rosa: Identity) -> None:
    bulk.decide({jo.pk: jo.stage_id}, None, by=rosa, written=DEFAULTS["declined"])


def moved_with_others(jo: Application, rosa: Identity) -> None:
    stage = jo.employer.stages.get(name="Review")
    bulk.decide({jo.pk: jo.stage_id}, stage, by=rosa, written=DEFAULTS["moved"])


HELD = [declined, hired, moved, moved_and_declined, declined_with_others, moved_with_others]


def seen(application: Application) -> list[Any]:
    """What the page and its buttons answer: status, headers, body."""
    path = "/" + status_link(application).split("//")[1].partition("/")[2]
    client, answers = Client(), []
    for address in (path, f"{path}withdrawal/", f"{path}follow-up/", f"{path}nothing/"):
        answer = client.get(address, follow=True)
        headers = {key: value for key, value in answer.headers.items() if key not in _OF_A_MOMENT}
        answers.append((answer.status_code, headers, _DRAWN.sub(b"", answer.content)))
    return answers


@pytest.mark.parametrize("decide", HELD, ids=lambda each: each.__name__)
def test_the_status_page_is_the_same_to_the_byte_while_a_decision_is_held(
    decide: Callable[[Application, Identity], None], jo: Application, rosa: Identity
) -> None:
    now = clock.now()
    with clock.clock_at(now):
        before = seen(jo)
        with jo.employer.scope():
            decide(Application.objects.for_page().get(pk=jo.pk), rosa)
        assert before[0][0] == 200
        assert seen(jo) == before
    with clock.clock_at(now + jo.employer.undo_window):
        assert seen(jo) != before


@pytest.mark.parametrize("decide", HELD, ids=lambda each: each.__name__)
def test_whoever_asks_meanwhile_gets_the_same_answer(
    decide: Callable[[Application, Identity], None],
    jo: Application,
    rosa: Identity,
    apply: Callable[..., Application],
) -> None:
    now = clock.now()
    later = now + (jo.employer.undo_window / 2)
    twin = apply(jo.job, id=uuid7(), email="jess@example.org")
    with jo.employer.scope():
        for each in (jo, twin):
            Application.objects.filter(pk=each.pk).update(applied_at=now)
        with clock.clock_at(now):
            decide(Application.objects.for_page().get(pk=jo.pk), rosa)
        with clock.clock_at(later):
            told = [
                (contact_advice(each).asking_now, _asked(each), each.is_open)
                for each in (Application.objects.for_page().get(pk=key) for key in (twin.pk, jo.pk))
            ]
    assert told[0][:2] == told[1][:2]


def test_a_close_out_shows_nothing_before_its_messages_go(jo: Application, rosa: Identity) -> None:
    with clock.clock_at(clock.now()):
        before = seen(jo)
        with jo.employer.scope():
            close_out(jo.job, by=rosa)
            end_applications(str(jo.employer_id), str(jo.job_id), str(rosa.pk))
        assert seen(jo) == before


def _asked(application: Application) -> tuple[str, str]:
    """What the answer says, and its text without what is each applicant's own."""
    row = ask(application, Topic.ADJUSTMENT, text="I need a ramp.")
    assert row.answer
    text = row.answer.text.replace(status_link(application), "LINK")
    return row.answer_text, text.replace(application.reference, "")

"""The applicant's page about an interview, as a browser without JavaScript asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.interviews import propose
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Interview, Job
from sincerely.kernel.clock import clock_at
from tests.careers.conftest import text_of
from tests.hiring.meetings import NOON, agreed, at, fresh, offered, plan, read, to_interview


def address(application: Application, *parts: str) -> str:
    return "/".join([f"/a/{status_token(application)}", *parts]) + "/"


def post(application: Application, *parts: str, **given: Any) -> Any:
    return Client().post(address(application, *parts), given)


def page(application: Application) -> str:
    return text_of(Client().get(address(application)))  # type: ignore[arg-type]


def test_three_times_are_buttons_and_one_press_picks(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    shown = page(met)
    assert shown.count('name="slot"') == 3
    assert "10:00 to 10:30" in shown
    assert "New York time (EST)" in shown
    second = interview.slots.all()[1]
    answer = post(met, "interview", slot=str(second.pk))
    assert answer.status_code == 302
    assert answer["Location"].endswith("#interview")
    assert fresh(interview).starts_at == second.starts_at
    assert "Wednesday, 2 December" in page(met)


def test_looking_picks_nothing(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    for part in (("interview",), ("interview", "another"), ("interview", "late")):
        assert Client().get(address(met, *part)).status_code == 302
    assert fresh(interview).starts_at is None
    assert not interview.notices.exists()


def test_a_second_tab_hears_what_was_picked_in_the_first(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    first, second, _ = interview.slots.all()
    post(met, "interview", slot=str(first.pk))
    answer = post(met, "interview", slot=str(second.pk))
    assert answer.status_code == 409
    assert "You have picked already: Tuesday, 1 December" in text_of(answer)
    assert fresh(interview).starts_at == first.starts_at


@pytest.mark.parametrize("slot", ["", "x", "0" * 32, "00000000-0000-0000-0000-000000000000"])
def test_a_time_nobody_offered_is_refused_in_words(
    met: Application, rosa: Identity, slot: str
) -> None:
    interview = offered(met, by=rosa)
    answer = post(met, "interview", slot=slot)
    assert answer.status_code == 409
    assert "Not done." in text_of(answer)
    assert fresh(interview).starts_at is None


def test_the_slot_of_another_applicant_is_none(
    met: Application, cook: Job, rosa: Identity, apply: Callable[..., Application]
) -> None:
    offered(met, by=rosa)
    sam = to_interview(apply(cook, name="Sam Okafor", email="sam@example.org"), rosa)
    theirs = offered(sam, by=rosa)
    assert post(met, "interview", slot=str(theirs.slots.all()[0].pk)).status_code == 409
    assert fresh(theirs).starts_at is None


def test_taken_and_passed_times_stand_there_without_a_button_that_works(
    met: Application, cook: Job, rosa: Identity, hugo: Identity, apply: Callable[..., Application]
) -> None:
    offered(met, hugo, by=rosa)
    sam = to_interview(apply(cook, name="Sam Okafor", email="sam@example.org"), rosa)
    agreed(sam, hugo, by=rosa, start=at(2, 14, 15))
    with clock_at(at(1, 12)):
        shown = page(met)
    assert "This time has passed." in shown
    assert "This time is taken." in shown
    assert shown.count("disabled") == 2
    with clock_at(at(3, 12)):
        assert "None of these times is free any more." in page(met)


def test_none_of_them_suits(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    empty = post(met, "interview", "another", text="  ")
    assert empty.status_code == 422
    assert "Write a few words" in text_of(empty)
    long = post(met, "interview", "another", text="<b>" + "x" * 2_000)
    assert long.status_code == 422
    assert "&lt;b&gt;xxx" in text_of(long)  # nothing is lost
    assert post(met, "interview", "another", text="After three, <i>any</i> day.").status_code == 302
    shown = page(met)
    assert "You asked for another time. A person reads it." in shown
    assert "“After three, &lt;i&gt;any&lt;/i&gt; day.”" in shown
    assert interview.notices.get().text == "After three, <i>any</i> day."


def test_the_second_change_of_a_date_says_how_to_reach_somebody(
    met: Application, rosa: Identity
) -> None:
    interview = agreed(met, by=rosa)
    post(met, "interview", "another", text="My daughter is ill.")
    later = propose(read(met), plan(), [at(8)], by=rosa, instead_of=fresh(interview))
    with clock_at(NOON + dt.timedelta(hours=1)):
        post(met, "interview", slot=str(later.slots.get().pk))
        assert "You have asked for another date once already." in page(met)
        answer = post(met, "interview", "another", text="And now I am.")
    assert answer.status_code == 409
    assert "once already" in text_of(answer)


def test_running_late_is_one_press_close_to_the_date(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    interview = agreed(met, hugo, by=rosa)
    assert "Running late?" not in page(met)
    assert post(met, "interview", "late", minutes="10").status_code == 409
    with clock_at(at(1, 9, 30)):
        assert "Running late?" in page(met)
        assert post(met, "interview", "late", minutes="600").status_code == 409
        assert post(met, "interview", "late", minutes="10").status_code == 302
        assert "We know that you are about 10 minutes late." in page(met)
    assert interview.notices.get().minutes == 10


def test_the_date_can_be_put_into_a_calendar(met: Application, rosa: Identity) -> None:
    address_of_file = f"/a/{status_token(met)}/interview.ics"
    assert Client().get(address_of_file).status_code == 404
    interview = agreed(met, by=rosa)
    answer = Client().get(address_of_file)
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode()
    assert f"UID:{interview.uid}" in body
    assert "DTSTART:20261201T150000Z" in body
    assert "METHOD:PUBLISH" in body
    assert "ATTENDEE" not in body


def test_after_the_end_nothing_of_it_is_left_to_press(met: Application, rosa: Identity) -> None:
    interview = offered(met, by=rosa)
    slot = interview.slots.all()[0]
    closure = read(met).decline(by=rosa)
    with clock_at(closure.shown_at + dt.timedelta(minutes=1)):
        assert 'id="interview"' not in page(met)
        assert post(met, "interview", slot=str(slot.pk)).status_code == 409
        assert post(met, "interview", "another", text="But why?").status_code == 409
        assert Client().get(f"/a/{status_token(met)}/interview.ics").status_code == 404


def test_nothing_that_colleagues_said_stands_on_the_page(
    met: Application, rosa: Identity, hugo: Identity
) -> None:
    from sincerely.hiring.interview_answers import respond
    from sincerely.hiring.models.interview import Response

    interview = agreed(met, hugo, by=rosa)
    before = page(met)
    respond(interview.people.get(), Response.DECLINED, "I do not want to meet this one.")
    assert page(met) == before
    assert "hugo@" not in before


@pytest.mark.parametrize("press", [False, True], ids=["looked at", "picked"])
def test_an_end_that_is_held_changes_no_byte_of_it(
    met: Application, rosa: Identity, press: bool
) -> None:
    """Two applicants alike, one of whom was declined some seconds ago."""
    interview = offered(met, by=rosa)

    def seen() -> list[Any]:
        answers = []
        if press:
            picked = post(met, "interview", slot=str(interview.slots.all()[0].pk))
            answers.append((picked.status_code, picked["Location"], picked.content))
        answers.append(Client().get(address(met)).content)
        return answers

    open_one = _rolled_back(seen)
    read(met).decline(by=rosa)
    assert seen() == open_one


def _rolled_back(act: Callable[[], Any]) -> Any:
    from django.db import transaction

    class Done(Exception):
        pass

    seen: list[Any] = []
    try:
        with transaction.atomic():
            seen.append(act())
            raise Done
    except Done:
        return seen[0]


def test_a_page_without_an_interview_pays_one_statement_for_it(
    met: Application, rosa: Identity
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            Client().get(address(met))
        return sum('hiring_interview"' in each["sql"] for each in asked.captured_queries)

    statements()
    assert statements() == 1
    offered(met, by=rosa)
    assert Interview.objects.count() == 1
    assert statements() <= 5

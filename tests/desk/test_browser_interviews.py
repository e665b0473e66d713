"""Offering times at the desk, the list of interviews, and the page about one, in a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.interview_answers import ask_another
from sincerely.hiring.interviews import propose, schedule
from sincerely.hiring.models import Application, Interview, Job
from sincerely.kernel.clock import clock_at, now
from tests.hiring.meetings import fresh, plan, read
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/desk/blue-spoon/interviews/"


@pytest.fixture
def someone(
    cook: Job, apply: Callable[..., Application], rosa: Identity
) -> Callable[..., Application]:
    def send(name: str) -> Application:
        with clock_at(now() - dt.timedelta(days=3)):
            one = apply(cook, name=name, email=f"{name.lower().replace(' ', '.')}@example.org")
        with clock_at(now() - dt.timedelta(hours=3)), one.employer.scope():
            one.move(one.employer.stages.get(name="Interview"), by=rosa)
        return read(one)

    return send


def in_days(days: int, hour: int) -> dt.datetime:
    return (now() + dt.timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def busy(
    someone: Callable[..., Application], cook: Job, rosa: Identity, hugo: Identity
) -> list[Interview]:
    """Four: two agreed, one of whom asks for another time, one over, one to be picked."""
    names = ["Ana Lucía Rivera", "Sam Okafor", "Mei Tan", "Tomasz Żak"]
    with cook.employer.scope(), clock_at(now() - dt.timedelta(hours=2)):
        cook.add_to_team(hugo)
        ana, sam, mei, tomasz = (someone(name) for name in names)
        made = [
            schedule(ana, plan(hugo, rosa), in_days(1, 15), by=rosa),
            schedule(
                sam, plan(hugo, way="phone", where="+1 212 555 0144"), in_days(1, 18), by=rosa
            ),
            schedule(mei, plan(hugo), now() + dt.timedelta(minutes=30), by=rosa),
            propose(tomasz, plan(hugo), [in_days(2, 15), in_days(3, 15)], by=rosa),
        ]
    with cook.employer.scope():
        ask_another(fresh(made[0]), "I have a shift until three. Could it be after four?")
    return made


def test_rosa_offers_three_times_and_sees_the_message_first(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    busy: list[Interview],
    someone: Callable[..., Application],
    faults: list[str],
) -> None:
    jo = someone("Jo Smith")
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/")
    page.get_by_role("link", name="Offer times").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Offer Jo Smith times for the interview"
    )
    check_page(page, "desk-interview-plan", whole=True)
    day = in_days(1, 15).date()
    page.get_by_label("First time").fill(f"{day}T10:00")
    page.get_by_label("Second").fill(f"{day + dt.timedelta(days=1)}T14:30")
    page.get_by_label("A line of your own").fill("Ring at the yard door.")
    page.get_by_role("button", name="See the message").click()
    expect(page.locator(".paper")).to_contain_text("Ring at the yard door.")
    expect(page.get_by_text("In two places at once")).to_be_visible()
    check_page(page, "desk-interview-plan-seen", whole=True)
    page.get_by_role("button", name="Offer these times all the same").click()
    expect(page.locator("undo-toast")).to_contain_text("Jo Smith can pick a time.")
    check_page(page, "desk-interview-held", whole=True)
    page.keyboard.press("u")
    expect(page.get_by_text("Nothing is planned yet.")).to_be_visible()
    assert faults == []


def test_the_list_the_page_and_the_card(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    busy: list[Interview],
    faults: list[str],
) -> None:
    page = sign_in(rosa)
    page.goto(live_server.url + LIST)
    expect(page.get_by_role("heading", level=1)).to_have_text("4 interviews ahead")
    check_page(page, "desk-interviews", whole=True)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Could it be after four?").first).to_be_visible()
    check_page(page, "desk-interview-asked", whole=True)
    page.get_by_role("link", name="Call card").click()
    expect(page.locator("call-card").get_by_text("Asks for another time")).to_be_visible()
    check_page(page, "desk-interview-card")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Cancel it").click()
    check_page(page, "desk-interview-cancellation", whole=True)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    expect(page.get_by_text("Find another time with Ana Lucía Rivera")).to_be_visible()
    check_page(page, "desk-today-interviews", whole=True)
    assert faults == []


def test_the_stages_say_for_what_a_date_is_agreed(
    live_server: Any, sign_in: Callable[[Any], Page], ada: Identity, faults: list[str]
) -> None:
    page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/stages/")
    expect(page.get_by_label("A date for").nth(2)).to_have_value("interview")
    check_page(page, "desk-settings-stage-kinds", whole=True)
    assert faults == []

"""Picking a time on one's own page, in a browser whose clock is in Berlin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.interview_answers import running_late
from sincerely.hiring.interviews import propose, schedule
from sincerely.hiring.models import Application, Interview, Job
from sincerely.kernel.clock import clock_at, now
from tests.careers.test_interview import address
from tests.hiring.meetings import fresh, plan, read
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "timezone_id": "Europe/Berlin"}


@pytest.fixture
def met(cook: Job, apply: Callable[..., Application], rosa: Identity) -> Application:
    """Jo, who was moved to the interviews two hours ago."""
    with clock_at(now() - dt.timedelta(days=3)):
        jo = apply(cook)
    with clock_at(now() - dt.timedelta(hours=2)), jo.employer.scope():
        jo.move(jo.employer.stages.get(name="Interview"), by=rosa)
    return read(jo)


def in_days(days: int, hour: int) -> dt.datetime:
    return (now() + dt.timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def test_jo_picks_a_time_and_asks_for_another(
    page: Page,
    live_server: Any,
    met: Application,
    rosa: Identity,
    hugo: Identity,
    faults: list[str],
) -> None:
    with met.employer.scope(), clock_at(now() - dt.timedelta(hours=1)):
        times = [in_days(2, 15), in_days(3, 19), in_days(4, 14)]
        propose(met, plan(hugo), times, by=rosa)
    page.goto(live_server.url + address(met))
    expect(page.get_by_role("heading", name="Pick a time for your interview")).to_be_visible()
    expect(page.locator(".slot").first).to_contain_text("16:00 on your clock")
    check_page(page, "interview-pick", whole=True)
    page.get_by_text("None of these suits me").click()
    expect(page.get_by_label("When would it suit you?")).to_be_visible()
    check_page(page, "interview-none-suits", whole=True)
    page.locator(".slot").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your interview")).to_be_visible()
    check_page(page, "interview-picked", whole=True)
    page.get_by_text("I need another time").click()
    page.get_by_label("When would it suit you?").fill("I have to be at school that day.")
    page.get_by_role("button", name="Ask for other times").click()
    expect(page.get_by_text("You asked for another time.")).to_be_visible()
    check_page(page, "interview-asked", whole=True)
    assert faults == []


def test_jo_is_late_and_so_are_we(
    page: Page, live_server: Any, met: Application, rosa: Identity, hugo: Identity
) -> None:
    with met.employer.scope():
        with clock_at(now() - dt.timedelta(hours=1)):
            video = plan(hugo, way="video", where="https://meet.example.org/blue-spoon-kitchen")
            interview = schedule(met, video, now() + dt.timedelta(hours=2), by=rosa)
        running_late(fresh(interview), 5, by=rosa)
    page.goto(live_server.url + address(met))
    page.get_by_role("button", name="10 minutes").click()
    expect(page.get_by_text("We know that you are about 10 minutes late.")).to_be_visible()
    check_page(page, "interview-late", whole=True)
    with met.employer.scope():
        assert Interview.objects.get().notices.count() == 2

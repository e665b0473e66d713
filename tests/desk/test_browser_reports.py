"""The reports, looked at through a browser."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application, Call, Job
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def quarter(diner: Employer, cook: Job, apply: Callable[..., Application], rosa: Identity) -> None:
    """Two dozen applicants of the last 80 days: most were answered, some late, some not at all."""
    chance = random.Random(7)
    for number in range(24):
        applied = now() - chance.uniform(1, 80) * DAY
        with clock_at(applied):
            source = chance.choice(["Careers page", "Careers page", "Job board", "Friend"])
            one = apply(cook, name=f"A {number}", email=f"a{number}@example.org", source=source)
        with diner.scope():
            _live(one, applied, chance, rosa)


def _live(one: Application, applied: dt.datetime, chance: Any, rosa: Identity) -> None:
    at = applied
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        _arrive(one, at)
        at += chance.uniform(2, 12) * DAY
        if at > now():
            return
        with clock_at(at):
            if chance.random() < 0.3:
                one.decline(by=rosa)
                break
            if chance.random() < 0.2:
                one.log_call(Call.Kind.CALL, by=rosa)
            one.move(one.next_stage(), by=rosa)
    if chance.random() < 0.8:
        _arrive(one, at)
    if one.is_open and chance.random() < 0.4:
        with clock_at(at + 10 * DAY):
            if not one.follow_ups.exists():
                ask(one, Topic.STATUS if chance.random() < 0.6 else Topic.PROBLEM, text="Hello?")


def _arrive(one: Application, at: dt.datetime) -> None:
    with clock_at(at + HOUR):
        for message in one.messages().unsent():
            message.settle(Message.State.DELIVERED, source="dsn", at=at + HOUR)


def test_the_reports(live_server: Any, sign_in: Any, quarter: None, ada: Identity) -> None:
    page: Page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/reports/")
    expect(page.locator(".figure")).to_have_count(9)
    check_page(page, "reports", whole=True)
    page.get_by_text("How it is counted, and the numbers").nth(1).click()
    expect(page.get_by_role("columnheader", name="Kept")).to_be_visible()
    page.locator(".figure-behind").evaluate_all("all => all.forEach(one => one.open = true)")
    check_page(page, "reports-numbers", whole=True)
    page.get_by_role("link", name="365 days").click()
    check_page(page, "reports-year", whole=True)


def test_reports_before_anybody_applied(
    live_server: Any, sign_in: Any, cook: Job, rosa: Identity
) -> None:
    page: Page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/reports/?from=2026-02-02&to=2026-02-01")
    check_page(page, "reports-empty")

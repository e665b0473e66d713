"""Today while it stays open: what is new is announced, and no row moves under the hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel import clock
from sincerely.outbox.models import Delivery, Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def due(cook: Job, apply: Callable[..., Application]) -> Callable[..., Application]:
    def send(name: str, days: int) -> Application:
        one = apply(cook, name=name, email=f"{name.lower()}@example.org")
        with cook.employer.scope():
            day = clock.today(cook.employer.time_zone) + dt.timedelta(days=days)
            Application.objects.filter(pk=one.pk).update(due_on=day)
        return one

    return send


@pytest.fixture
def today(sign_in: Any, rosa: Identity, live_server: Any) -> Callable[[], Page]:
    """Rosa's Today, which asks every half second instead of every 20 seconds."""

    def open_it() -> Page:
        page: Page = sign_in(rosa)
        page.set_default_timeout(15_000)
        page.route("**/desk/blue-spoon/", _asks_often)
        page.goto(f"{live_server.url}/desk/blue-spoon/")
        page.wait_for_function("Boolean(window.htmx && customElements.get('live-list'))")
        return page

    return open_it


def _asks_often(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('"every 20s"', '"every 500ms"'))


def test_what_is_new_is_announced_and_no_row_moves(
    today: Callable[[], Page], due: Callable[..., Application], rosa: Identity, faults: list[str]
) -> None:
    late, soon = due("Late", -1), due("Soon", 2)
    page = today()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Soon hears next", exact=True)).to_be_focused()
    page.wait_for_timeout(1_500)
    expect(page.locator("[data-news]")).to_be_hidden()
    before = page.get_by_role("link", name="Soon hears next", exact=True).bounding_box()
    due("Later", -3)
    due("Now", 0)
    with late.employer.scope():
        Application.objects.get(pk=late.pk).decline(by=rosa)
    expect(page.get_by_role("status").first).to_contain_text("3 new, 1 done meanwhile")
    expect(page.get_by_role("link", name="Soon hears next", exact=True)).to_be_focused()
    assert page.get_by_role("link", name="Soon hears next", exact=True).bounding_box() == before
    expect(page.get_by_role("heading", level=1)).to_have_text("Three answers are owed.")
    assert page.title().startswith("(3) Today")
    check_page(page, "today-news", whole=True)
    page.keyboard.press("r")
    expect(
        page.get_by_role("link", name="Tell Later where things stand", exact=True)
    ).to_be_visible()
    expect(page.get_by_role("link", name="Soon hears next", exact=True)).to_be_focused()
    expect(page.locator("[data-news]")).to_be_hidden()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Tell Now where things stand", exact=True)).to_be_focused()
    check_page(page, "today", whole=True)
    assert faults == []
    assert soon.pk


def test_h_puts_aside_what_may_wait_and_says_why_the_rest_may_not(
    today: Callable[[], Page], due: Callable[..., Application], faults: list[str]
) -> None:
    due("Late", -1)
    due("Soon", 2)
    due("Then", 3)
    page = today()
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.get_by_text("This cannot wait")).to_be_visible()
    expect(
        page.get_by_role("link", name="Tell Late where things stand", exact=True)
    ).to_be_visible()
    page.keyboard.press("j")
    page.wait_for_timeout(500)  # htmx takes over what it swapped in
    page.get_by_role("link", name="Soon hears next", exact=True).focus()
    page.keyboard.press("h")
    expect(page.get_by_role("link", name="Soon hears next", exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name="Then hears next", exact=True)).to_be_focused()
    expect(page.get_by_text("One waits until tomorrow, as you said.")).to_be_visible()
    check_page(page, "today-put-aside", whole=True)
    page.keyboard.press("u")
    expect(page.get_by_role("link", name="Soon hears next", exact=True)).to_be_visible()
    assert faults == []


def test_e_does_what_the_row_says(
    today: Callable[[], Page], due: Callable[..., Application], faults: list[str]
) -> None:
    due("Late", -1)
    page = today()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Move Late")).to_be_visible()
    assert faults == []


def test_a_reminder_that_came_back_and_an_empty_list(
    today: Callable[[], Page], diner: Employer, hugo: Identity, cook: Job, faults: list[str]
) -> None:
    with diner.scope():
        cook.add_to_team(hugo)
        sent = {"to_address": hugo.email, "subject": "1 waits", "text": "…", "employer": diner}
        message = Message.objects.queue(kind="reminder", **sent)
        message.settle(Message.State.BOUNCED, source=Delivery.Source.DSN)
    page = today()
    check_page(page, "today-reminder", whole=True)
    with diner.scope():
        Message.objects.all().update(settled_at=clock.now() - dt.timedelta(days=40))
    page.reload()
    expect(page.get_by_text("All promises are kept.")).to_be_visible()
    check_page(page, "today-empty", whole=True)
    assert faults == []


def test_who_is_signed_out_is_told_and_nothing_is_lost(
    today: Callable[[], Page], due: Callable[..., Application]
) -> None:
    due("Late", -1)
    page = today()
    page.context.clear_cookies()
    expect(page.get_by_role("status").first).to_contain_text("You are signed out")
    expect(
        page.get_by_role("link", name="Tell Late where things stand", exact=True)
    ).to_be_visible()

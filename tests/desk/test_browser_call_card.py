"""The call card and the look-up by single keys: two to log, one to undo, one to send the link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Call
from sincerely.kernel import clock
from sincerely.outbox.models import Delivery, Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def rosas_desk(live_server: Any, sign_in: Callable[[Any], Page], rosa: Identity) -> Page:
    """Rosa at her desk, with the page of today before her."""
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    return page


@pytest.fixture
def rosas_card(rosas_desk: Page, live_server: Any, jo: Application) -> Page:
    """Jo's call card as a page of its own."""
    rosas_desk.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/call/")
    return rosas_desk


def test_two_keys_log_a_call_and_one_takes_it_back(rosas_desk: Page, jo: Application) -> None:
    page = rosas_desk
    page.keyboard.press("/")
    page.keyboard.type("smith")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    once = page.locator("call-card .call-once")
    expect(once).to_contain_text("not open yet")
    page.keyboard.press("c")
    check_page(page, "desk-call-card-call")
    page.keyboard.press("Escape")
    for keys, said in {
        ("c", "c"): "spoke with the applicant, as their follow-up",
        ("c", "Enter"): "spoke with the applicant, as their follow-up",
        ("v", "v"): "left a voicemail (logged by Rosa), as their follow-up",
        ("b", "b"): "came by and met Rosa, as their follow-up",
    }.items():
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator("call-card .events")).to_contain_text(said)
        expect(once).to_contain_text("Follow-up used")
        page.keyboard.press("u")
        expect(once).to_contain_text("not open yet")
        expect(page.locator("undo-toast", has_text="taken back")).to_have_count(1)
        page.evaluate("document.querySelector('undo-toast').remove()")
    with jo.employer.scope():
        assert not jo.calls.exists()
        assert not jo.follow_ups.exists()


def test_a_key_that_is_pressed_too_often_logs_one_call(rosas_card: Page, jo: Application) -> None:
    page = rosas_card
    page.evaluate(
        """() => {
            document.querySelector("summary[data-key=c]").click();
            const log = document.querySelector("button[data-key=c]");
            log.click(); log.click(); log.click();
        }"""
    )
    expect(page.locator("undo-toast").first).to_contain_text("Call logged.")
    page.wait_for_timeout(500)
    with jo.employer.scope():
        assert jo.calls.count() == 1
    # Still on the page of its own, where there is no panel to close.
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("call-card")).to_have_count(1)
    expect(page.locator(".call-once")).to_contain_text("not open yet")


def test_undo_takes_back_what_was_done_last_and_not_the_held_decision(
    rosas_card: Page, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.decline(by=rosa)
    page = rosas_card
    page.reload()
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(page.locator("undo-toast")).to_contain_text("Call logged.")
    page.keyboard.press("u")
    expect(page.locator("undo-toast")).to_contain_text("taken back")
    expect(page.locator(".call-not")).to_contain_text("A decision is held until")


def test_who_is_quicker_than_the_look_up_is_not_led_away(rosas_desk: Page, jo: Application) -> None:
    page = rosas_desk
    page.keyboard.press("/")
    page.evaluate(
        """() => {
            const input = document.getElementById("lookup-scrap");
            input.value = "smith";
            input.dispatchEvent(new Event("input", { bubbles: true }));
            input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        }"""
    )
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Jo Smith")


def test_a_caller_whom_nobody_can_find_gets_the_link_by_mail(
    rosas_desk: Page, jo: Application
) -> None:
    page = rosas_desk
    page.keyboard.press("/")
    page.keyboard.type("jo@example.com")
    expect(page.locator(".lookup-hint").first).to_contain_text("Nobody found")
    check_page(page, "desk-lookup-nobody")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("blockquote")).to_contain_text("I cannot find it")
    expect(panel.get_by_role("textbox")).to_be_focused()
    expect(panel.get_by_role("textbox")).to_have_value("jo@example.com")
    check_page(page, "desk-caller-unknown")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_contain_text("If we have an application with it")
    check_page(page, "desk-caller-unknown-asked")
    page.keyboard.type("Jo")
    page.keyboard.press("Enter")
    expect(panel.locator(".errorlist")).to_contain_text("A name is not enough")
    check_page(page, "desk-caller-unknown-refused")
    page.keyboard.press("Escape")
    expect(panel.locator("call-card")).to_have_count(0)

    page.keyboard.press("/")
    page.keyboard.type("smi")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(panel.locator("blockquote")).to_contain_text("I cannot find it")
    expect(panel.get_by_role("textbox")).to_have_value("")


def test_who_was_found_and_cannot_prove_it_gets_the_link_by_one_key(
    rosas_card: Page, jo: Application
) -> None:
    page = rosas_card
    page.keyboard.press("l")
    expect(page.locator("undo-toast")).to_contain_text("on its way to the address we have")
    expect(page.locator("call-card")).to_contain_text("sent the link to the status page")
    with jo.employer.scope():
        assert jo.messages().filter(kind="link").count() == 1


def test_a_follow_up_that_came_back_and_what_a_hiring_manager_sees(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    hugo: Identity,
    jo: Application,
) -> None:
    with jo.employer.scope():
        jo.job.add_to_team(hugo)
        jo.receipt.settle(Message.State.DELIVERED, source=Delivery.Source.DSN)
        with clock.clock_at(clock.now() - dt.timedelta(days=9)):
            jo.log_call(Call.Kind.VOICEMAIL, by=rosa, note="Asked whether it arrived.")
        day = timezone.localdate() - dt.timedelta(days=4)
        jo.promises.update(due_on=day, shown_at=clock.now() - dt.timedelta(days=12))
        Application.objects.filter(pk=jo.pk).update(
            due_on=day, applied_at=clock.now() - dt.timedelta(days=12)
        )
    card = f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/call/"
    page = sign_in(rosa)
    page.goto(card)
    expect(page.locator(".call-once")).to_contain_text("Follow-up given back")
    check_page(page, "desk-call-card-back", whole=True)
    page.get_by_text("Address and number").click()
    expect(page.get_by_role("link", name="jo@example.org")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    check_page(page, "desk-shortcuts")
    sign_in(hugo)
    page.goto(card)
    expect(page.locator(".call-once")).to_have_count(0)
    check_page(page, "desk-call-card-hugo", whole=True)


def test_with_single_keys_switched_off_nothing_is_logged_by_them(
    rosas_card: Page, jo: Application, rosa: Identity
) -> None:
    rosa.single_key_shortcuts = False
    rosa.save()
    page = rosas_card
    page.reload()
    for key in "ccvvbbl":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    with jo.employer.scope():
        assert not jo.calls.exists()
        assert not jo.messages().filter(kind="link").exists()

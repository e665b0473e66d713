"""The inbox through a browser: by the keyboard alone, as a list and one after the other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.asking import ask, write_again
from sincerely.hiring.models import FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel.clock import clock_at, now
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
INBOX = "/desk/blue-spoon/follow-ups/"
LIFT = """I use a wheelchair since last spring, and I would like to come and see the kitchen \
before we talk about shifts, because in two of the places where I cooked before, the pass was too \
high and the door to the cold room too narrow.

Is there a door without steps, and is the lift to the first floor wide enough for a chair of \
seventy centimetres? If it is easier for you, I can come by on any afternoon.

With thanks,
Ana"""


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def busy_inbox(diner: Employer, rosa: Identity, asks: Callable[..., FollowUp]) -> None:
    """Six who wait: two overdue, one of them without an address; one who wrote again; one late."""
    with clock_at(now() - dt.timedelta(days=4)):
        ana = asks("Ana Lucía Rivera", 2, text=LIFT)
        asks("Sam Okafor", 3, email="", phone="+12125550144", text="Who do I call for the door?")
    with clock_at(now() - dt.timedelta(days=2)):
        mei = asks("Mei Tan", 2, topic=Topic.PROBLEM, text="My resume shows the wrong page.")
        asks("نور الهاشمي", 2, text="هل يوجد مصعد في المبنى؟")
    with diner.scope():
        write_again(ana.application, "I forgot: my phone is off until three.")
        write_again(mei.application, "It is the second page that is wrong. " * 3)
    asks("Rivka Bell", 1)
    asks("Tomasz Żak", 2, text="Could we talk after six in the evening?")


def test_three_are_answered_by_the_keyboard_alone_and_one_is_taken_back(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    diner: Employer,
    busy_inbox: None,
    faults: list[str],
) -> None:
    page = sign_in(rosa)
    page.goto(live_server.url + INBOX)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Six messages need a person.")
    check_page(page, "desk-follow-ups", whole=True)

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Ana Lucía Rivera", exact=True)).to_be_focused()
    page.keyboard.press("a")
    text = page.get_by_label("Your answer to Ana Lucía Rivera")
    expect(text).to_be_focused()
    page.keyboard.type("Yes: come in by the yard, there are no steps.")
    expect(page.locator(".paper-body")).to_contain_text("come in by the yard")
    check_page(page, "desk-follow-ups-answer", whole=True)
    page.keyboard.press("Control+Enter")
    expect(heading).to_have_text("Five messages need a person.")
    expect(page.locator("undo-toast")).to_contain_text("Ana Lucía Rivera is answered.")

    # The focus went on by itself. Sam has no address: done, with a note.
    expect(page.get_by_role("link", name="Sam Okafor", exact=True)).to_be_focused()
    page.keyboard.press("d")
    expect(page.get_by_text("No e-mail address.")).to_be_visible()
    check_page(page, "desk-follow-ups-call")
    page.get_by_label("A note for the team").focus()
    page.keyboard.type("Called him.")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Four messages need a person.")

    expect(page.get_by_role("link", name="Mei Tan", exact=True)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Your answer to Mei Tan")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    text = page.get_by_label("Your answer to Mei Tan")
    expect(text).to_be_focused()
    expect(text).to_have_value(re_of("I will look into it"))
    expect(page.get_by_label("Not the whole answer yet")).to_be_checked()
    check_page(page, "desk-follow-ups-later", whole=True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("undo-toast").last).to_contain_text("Mei Tan has a first answer.")

    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.get_by_text("it waits for an answer again")).to_be_visible()
    expect(page.get_by_role("link", name="Mei Tan", exact=True)).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Your answer to Mei Tan")).to_have_value(re_of("I will look into it"))
    assert faults == []
    with diner.scope():
        assert FollowUp.objects.waiting().count() == 4
        assert {row.answered_by for row in FollowUp.objects.exclude(answered_at=None)} == {"Rosa"}


def test_the_scroll_ends_where_nobody_waits(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    asks: Callable[..., FollowUp],
    faults: list[str],
) -> None:
    asks("Lee")
    asks("Mei Tan")
    page = sign_in(rosa)
    page.goto(f"{live_server.url}{INBOX}focus/")
    expect(page.get_by_text("That was the last one.")).to_be_visible()
    for name in ("Lee", "Mei Tan"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        page.keyboard.press("a")
        page.keyboard.type("Yes, there is.")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".focus-had", has_text=name)).to_be_visible()
    expect(page.get_by_text("Every question has its answer.")).to_be_visible()
    expect(page.get_by_text("Since this morning, two people have had")).to_be_visible()
    check_page(page, "desk-follow-ups-focus-end")
    assert faults == []


def test_the_pages_around_it(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    ada: Identity,
    diner: Employer,
    busy_inbox: None,
    faults: list[str],
) -> None:
    called = now() - dt.timedelta(days=3)
    with diner.scope():
        ana, sam = (
            FollowUp.objects.get(application__name__startswith=name) for name in ("Ana", "Sam")
        )
        ana.respond("Yes: come in by the yard, there are no steps.", by=rosa)
        FollowUp.objects.create(
            application=ana.application, channel="call", topic="status", about="follow_up",
            text="Asked whether we are still looking.", counts=True, at=called, answered_at=called,
            answered_by="Rosa",
            given_back_at=now(), given_back_because="The promised date passed and nothing came.",
        )  # fmt: skip
        ask(ana.application, Topic.PROBLEM, text="The page shows an old phone number.")
    page = sign_in(rosa)
    desk = f"{live_server.url}/desk/blue-spoon/"
    for name, address in {
        "desk-today-follow-ups": "",
        "desk-follow-up": f"follow-ups/{sam.pk}/",
        "desk-follow-up-answered": f"follow-ups/{ana.pk}/",
        "desk-application-follow-ups": f"applications/{ana.application.reference}/",
    }.items():
        page.goto(desk + address)
        check_page(page, name, whole=True)
    page.goto(f"{desk}follow-ups/{sam.pk}/settlement/")
    check_page(page, "desk-follow-up-done", whole=True)
    with diner.scope():
        FollowUp.objects.update(answered_at=now(), answered_by="Rosa")
    page.goto(f"{desk}follow-ups/focus/")
    check_page(page, "desk-follow-ups-none")
    page = sign_in(ada)
    for kind in ("answer", "reply"):
        page.goto(f"{desk}settings/messages/{kind}/")
        check_page(page, f"desk-settings-{kind}", whole=True)
    assert faults == []


def test_what_was_typed_survives_a_server_that_does_not_answer(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    busy_inbox: None,
) -> None:
    page = sign_in(rosa)
    page.goto(live_server.url + INBOX)
    page.keyboard.press("a")
    page.keyboard.type("Yes: come in by the yard.")
    expect(page.locator(".paper-body")).to_contain_text("come in by the yard")
    page.route("**/reply/", lambda route: route.abort())
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("It was not sent: the server did not answer.")).to_be_visible()
    page.unroute("**/reply/")
    page.reload()
    page.keyboard.press("a")
    expect(page.get_by_text("What you wrote here before is back.")).to_be_visible()
    expect(page.locator(".paper-body")).to_contain_text("come in by the yard")
    page.keyboard.press("Escape")
    expect(page.locator("answer-box")).to_have_count(0)
    expect(page.get_by_role("link", name="Ana Lucía Rivera", exact=True)).to_be_focused()


def test_single_keys_can_be_switched_off(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    busy_inbox: None,
) -> None:
    Identity.objects.filter(pk=rosa.pk).update(single_key_shortcuts=False)
    page = sign_in(rosa)
    page.goto(live_server.url + INBOX)
    for key in ("j", "a", "d"):
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    expect(page.locator("answer-box")).to_have_count(0)
    page.get_by_role("link", name="Answer Ana Lucía Rivera").press("Enter")
    expect(page.get_by_label("Your answer to Ana Lucía Rivera")).to_be_focused()


def re_of(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def test_one_after_the_other_in_one_scroll(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    busy_inbox: None,
    faults: list[str],
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}{INBOX}focus/")
    expect(page.get_by_text("1 of 6")).to_be_visible()
    check_page(page, "desk-follow-ups-focus")
    page.keyboard.press("a")
    page.keyboard.type("Yes: come in by the yard, there are no steps.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".focus-had")).to_contain_text("Ana Lucía Rivera is answered.")
    expect(page.get_by_role("link", name="Sam Okafor", exact=True)).to_be_focused()
    check_page(page, "desk-follow-ups-focus-went-on")
    for name in ("Mei Tan", "نور الهاشمي", "Rivka Bell"):
        page.keyboard.press("j")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
    page.keyboard.press("u")
    expect(page.get_by_role("link", name="Ana Lucía Rivera", exact=True)).to_be_visible()
    expect(page.get_by_label("Your answer to Ana Lucía Rivera")).to_have_value(re_of("Yes: come"))
    assert faults == []

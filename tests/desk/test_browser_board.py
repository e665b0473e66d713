"""The board and the settings through a browser: by drag, by the keyboard alone, and as pictures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, ApplicationDraft, Job, Question
from sincerely.outbox.models import Delivery, Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/desk/blue-spoon/"
BOARD = f"{DESK}jobs/line-cook/"


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def busy_board(
    diner: Employer, rosa: Identity, hugo: Identity, cook: Job, apply: Callable[..., Application]
) -> Job:
    """Twenty-two applications in three stages: some late, one due today, one not reached."""
    names = ["Ana Lucía Rivera", "Sam Okafor", "Siobhán O’Driver", "Mei Tan", "Rivka Bell"]
    names += ["نور الهاشمي", "Wolfeschlegelsteinhausenbergerdorff, Hubert", "李 小龙"]
    names += [f"Applicant {number}" for number in range(14)]
    with diner.scope():
        cook.add_to_team(hugo)
        stages = {stage.name: stage for stage in diner.stages.all()}
        today = timezone.localdate()
        for at, name in enumerate(names):
            one = apply(cook, name=name, email=f"person{at}@example.org")
            change: dict[str, Any] = {"due_on": today + dt.timedelta(days=at - 2)}
            if 1 <= at <= 4:
                change["stage"] = stages["Review" if at < 4 else "Interview"]
                change["stage_since"] = timezone.now() - dt.timedelta(days=at * 2)
                one.stage_entries.update(stage=change["stage"])
            Application.objects.filter(pk=one.pk).update(**change)
            if name == "Siobhán O’Driver":
                source = Delivery.Source.DSN
                one.receipt.settle(Message.State.BOUNCED, source=source, evidence="5.2.2 full")
        ApplicationDraft.objects.create(job=cook, name="Late Lee", email="lee@example.org")
    return cook


def open_page(page: Page, live_server: Any, address: str) -> None:
    page.goto(live_server.url + address)


def column(page: Page, name: str) -> Locator:
    return page.locator(".column", has=page.get_by_role("heading", name=name, exact=False))


def drag(page: Page, card: Locator, to: Locator) -> None:
    """By the mouse, in steps, as a hand does it: the board listens to every move, and the hand
    lets go where the card is seen to be. (A still mouse sends no events here, as a real one does.)
    """
    start, end = card.locator(".card-clock").bounding_box(), to.bounding_box()
    assert start
    assert end
    arrived = to.locator(".card", has_text=card.locator(".card-name").inner_text())
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 120, steps=12)
    for tremble in range(100):
        if arrived.count():
            break
        page.wait_for_timeout(50)
        page.mouse.move(end["x"] + end["width"] / 2 + tremble % 2, end["y"] + 120)
    page.mouse.up()


def test_a_dragged_card_shows_its_message_first_and_goes_back_when_that_is_cancelled(
    sign_in, live_server, rosa, busy_board, faults
):
    page = sign_in(rosa)
    open_page(page, live_server, BOARD)
    card = page.locator(".card", has_text="Ana Lucía Rivera")
    drag(page, card, column(page, "Interview"))
    dialog = page.locator("#dialog")
    expect(dialog.get_by_label("To stage")).to_have_value(str(stage_key(busy_board, "Interview")))
    expect(dialog.get_by_label("What Ana Lucía Rivera reads")).to_have_value(
        re_of("We are talking with the people")
    )
    dialog.get_by_role("button", name="Cancel").click()
    expect(column(page, "New").locator(".card", has_text="Ana Lucía Rivera")).to_be_visible()
    expect(column(page, "New").locator(".count")).to_contain_text("18")

    drag(page, card, column(page, "Interview"))
    check_page(page, "desk-move")
    dialog.get_by_role("button", name="Move and tell").click()
    expect(dialog).to_be_hidden()
    moved = column(page, "Interview").locator(".card", has_text="Ana Lucía Rivera")
    expect(moved).to_have_count(1)
    expect(column(page, "New").locator(".count")).to_contain_text("17")
    expect(column(page, "Interview").locator(".count")).to_contain_text("2")
    expect(page.locator(".card", has_text="Ana Lucía Rivera")).to_have_count(1)
    expect(page.locator("undo-toast")).to_contain_text("until then you can undo")
    check_page(page, "desk-board-moved")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back. Nothing was sent.")).to_be_visible()
    assert page.url.endswith(BOARD)
    expect(column(page, "New").locator(".card", has_text="Ana Lucía Rivera")).to_be_visible()
    assert faults == []


def test_a_card_is_moved_by_the_keyboard_alone(sign_in, live_server, rosa, busy_board, faults):
    page = sign_in(rosa)
    open_page(page, live_server, BOARD)
    page.get_by_role("link", name="Move Mei Tan").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog")
    stage = dialog.get_by_label("To stage")
    expect(stage).to_be_focused()
    expect(stage).to_have_value(str(stage_key(busy_board, "Interview")))
    stage.select_option(label="Offer")
    text = dialog.get_by_label("What Mei Tan reads")
    expect(text).to_have_value(re_of("We are making up our minds"))
    text.fill(text.input_value() + "\nSee you soon.")
    before = text.input_value()
    day = dialog.get_by_label("Hears next by")
    later = (timezone.localdate() + dt.timedelta(days=40)).isoformat()
    day.fill(later)
    day.press("Tab")
    expect(text).not_to_have_value(before)
    expect(text).to_have_value(re_of("See you soon."))
    dialog.get_by_role("button", name="Move and tell").press("Enter")
    expect(dialog).to_be_hidden()
    card = column(page, "Offer").locator(".card", has_text="Mei Tan")
    expect(card.get_by_role("link", name="Mei Tan", exact=True)).to_be_focused()
    with busy_board.employer.scope():
        moved = Application.objects.get(name="Mei Tan")
        assert moved.due_on is not None
        assert moved.due_on.isoformat() == later
        assert "See you soon." in moved.messages().get(kind="moved").text
    assert faults == []


def test_without_a_message_the_dialog_says_what_stands(
    sign_in, live_server, rosa, busy_board, faults
):
    page = sign_in(rosa)
    open_page(page, live_server, BOARD)
    page.get_by_role("link", name="Move Sam Okafor").click()
    dialog = page.locator("#dialog")
    dialog.get_by_label("Do not tell Sam Okafor").check()
    expect(dialog.get_by_label("What Sam Okafor reads")).to_be_hidden()
    check_page(page, "desk-move-silent")
    dialog.get_by_role("button", name="Move without a message").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("undo-toast")).to_contain_text("No message goes out")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back. Nothing was sent.")).to_be_visible()
    expect(column(page, "Review").locator(".card", has_text="Sam Okafor")).to_be_visible()
    assert faults == []


def test_the_board_as_rosa_and_as_hugo_see_it(sign_in, live_server, rosa, hugo, busy_board, faults):
    page = sign_in(rosa)
    open_page(page, live_server, BOARD)
    check_page(page, "desk-board")
    page.get_by_role("link", name="Show more in New").click()
    expect(column(page, "New").locator(".card")).to_have_count(18)
    sign_in(hugo)
    open_page(page, live_server, BOARD)
    expect(page.get_by_text("Move", exact=True)).to_have_count(0)
    check_page(page, "desk-board-hugo")
    open_page(page, live_server, f"{BOARD}?q=muel")
    check_page(page, "desk-board-nobody")
    assert faults == []


def test_jobs_are_written_with_their_questions(sign_in, live_server, rosa, busy_board, faults):
    page = sign_in(rosa)
    open_page(page, live_server, f"{DESK}jobs/")
    check_page(page, "desk-jobs")
    page.get_by_role("link", name="New job").click()
    page.get_by_label("Title").fill("Pastry chef")
    for text in ("Why us?", "Which shift?"):
        page.get_by_role("button", name="Add a question").click()
        page.keyboard.type(text)
    second = page.locator("[data-row]").nth(1)
    second.get_by_label("Answer", exact=True).select_option(label="One of several")
    second.get_by_label("Choices, one a line").fill("Early\nLate")
    second.get_by_role("button", name="Up").press("Enter")
    expect(page.locator("[data-row]").first.get_by_label("Question")).to_have_value("Which shift?")
    check_page(page, "desk-job-edit")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", name="Pastry chef")).to_be_visible()
    with busy_board.employer.scope():
        asked = list(Question.objects.values_list("text", "choices"))
    assert asked == [("Which shift?", ["Early", "Late"]), ("Why us?", [])]
    check_page(page, "desk-board-empty")
    assert faults == []


def test_closing_a_job_shows_what_everyone_reads(sign_in, live_server, rosa, busy_board, faults):
    page = sign_in(rosa)
    open_page(page, live_server, f"{BOARD}closing/")
    page.get_by_label("The job is cancelled").check()
    first = page.get_by_label("Text").first  # each stage has a message of its own
    expect(first).to_have_value(re_of("decided not to fill this job"))
    first.fill("Hello {name}, it is over.")
    first.press("Tab")
    expect(page.locator(".paper-body").first).to_contain_text("it is over.")
    check_page(page, "desk-closing")
    page.get_by_role("button", name="Close the job and tell 22 people").click()
    expect(page.get_by_text("0 of 22")).to_be_visible()
    check_page(page, "desk-closing-progress")
    assert faults == []


def test_late_ones_and_ended_ones(sign_in, live_server, rosa, busy_board, faults):
    with busy_board.employer.scope():
        for name in ("Ana Lucía Rivera", "Rivka Bell"):
            Application.objects.get(name=name).decline(by=rosa)
    page = sign_in(rosa)
    open_page(page, live_server, f"{BOARD}ended/")
    check_page(page, "desk-ended")
    open_page(page, live_server, f"{BOARD}drafts/")
    check_page(page, "desk-drafts")
    page.get_by_role("link", name="Late Lee").click()
    check_page(page, "desk-draft")
    assert faults == []


def test_stages_are_put_in_order_by_the_keyboard(sign_in, live_server, ada, busy_board, faults):
    page = sign_in(ada)
    open_page(page, live_server, f"{DESK}settings/stages/")
    check_page(page, "settings-stages")
    rows = page.locator("[data-row]")
    down = rows.nth(1).get_by_role("button", name="Down")
    down.press("Enter")
    expect(rows.nth(2).get_by_role("button", name="Down")).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text("Stage 2 is 3 of 4 now.")
    page.get_by_role("button", name="Add a stage").click()
    page.keyboard.type("Trial shift")
    rows.nth(4).get_by_label("What applicants read").fill("A trial shift")
    page.get_by_role("button", name="Save the stages").click()
    expect(page.get_by_text("The stages are saved.")).to_be_visible()
    with busy_board.employer.scope():
        names = list(busy_board.employer.stages.order_by("position").values_list("name", flat=True))
    assert names == ["New", "Interview", "Review", "Offer", "Trial shift"]
    assert faults == []


def test_settings_as_pictures_and_a_preview_that_follows_the_typing(
    sign_in, live_server, ada, rosa, busy_board, faults
):
    page = sign_in(ada)
    for name in ("", "messages/", "contact/", "members/"):
        open_page(page, live_server, f"{DESK}settings/{name}")
        check_page(page, f"settings-{name.strip('/') or 'look'}")
    open_page(page, live_server, f"{DESK}settings/messages/receipt/")
    check_page(page, "settings-message")
    page.get_by_label("Text").fill("Dear {name}, {nonsense}")
    expect(page.locator("#preview")).to_contain_text("{nonsense} is not a placeholder")
    open_page(page, live_server, f"{DESK}settings/contact/")
    page.get_by_label("One call").check()
    expect(page.locator("#contact-preview")).to_contain_text("call once")
    open_page(page, live_server, f"{DESK}settings/members/")
    page.get_by_role("link", name="Rosa").click()
    check_page(page, "settings-member")
    assert faults == []


def stage_key(job: Job, name: str) -> Any:
    with job.employer.scope():
        return job.employer.stages.get(name=name).pk


def re_of(text: str) -> Any:
    return re.compile(re.escape(text))

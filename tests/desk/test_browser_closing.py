"""Closing a job through a browser, and as pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.closing import close_out, end_applications
from sincerely.hiring.models import Application, Job
from sincerely.outbox.models import Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JOBS = "/desk/blue-spoon/jobs/"
NAMES = ["Ana Lucía Rivera", "Sam Okafor", "Siobhán O’Driver", "Mei Tan", "Rivka Bell"]
NAMES += ["نور الهاشمي", "Wolfeschlegelsteinhausenbergerdorff, Hubert"]


@pytest.fixture
def people(
    diner: Employer, rosa: Identity, cook: Job, apply: Callable[..., Application]
) -> list[Application]:
    """Seven in three stages; one of them is hired as a waiter."""
    found = [apply(cook, name=name, email=f"p{at}@example.org") for at, name in enumerate(NAMES)]
    with diner.scope():
        for at, stage in ((1, "Review"), (2, "Interview"), (3, "Interview")):
            found[at].move(diner.stages.get(name=stage), by=rosa, tell=False)
        waiter = Job.objects.create(title="Waiter", slug="waiter", recruiter=rosa)
        waiter.open(by=rosa)
        apply(waiter, name=NAMES[0], email="p0@example.org").hire(by=rosa)
    return found


def test_a_job_is_closed_with_a_line_for_one_person(
    sign_in: Any, live_server: Any, rosa: Identity, cook: Job, people: list[Application]
) -> None:
    page: Page = sign_in(rosa)
    page.goto(f"{live_server.url}{JOBS}line-cook/closing/")
    page.get_by_label("Text").first.fill("Hello {name},\n\nthe job is filled. Thank you.")
    page.get_by_label("The job is cancelled").check()

    expect(page.get_by_text("the job is filled. Thank you.").last).to_be_visible()
    check_page(page, "closing", whole=True)
    page.get_by_role("button", name="Personal lines, and all 4 messages").click()
    page.get_by_label("A line for Rivka Bell").fill("Your soup was the best we had this year.")
    page.get_by_label("A line for Rivka Bell").blur()
    page.get_by_text("What Rivka Bell will read").click()
    read = page.locator(f"#read-{people[4].reference}")
    expect(read).to_contain_text("Hello Rivka Bell,")
    expect(read).to_contain_text("Your soup was the best")
    check_page(page, "closing-people", whole=True)


def test_the_progress_shows_who_is_left_for_a_person(
    sign_in: Any, live_server: Any, rosa: Identity, cook: Job, people: list[Application]
) -> None:
    with cook.employer.scope():
        close_out(cook, by=rosa)
        end_applications(str(cook.employer_id), str(cook.pk), str(rosa.pk))
        for message in Message.objects.filter(kind="job_filled")[:2]:
            message.settle(Message.State.SENT, source="smtp reply")
            message.settle(Message.State.RELAYED, source="dsn")
        people[5].closures.update(message=None, shown_at=people[5].applied_at)
    page: Page = sign_in(rosa)
    page.goto(f"{live_server.url}{JOBS}line-cook/closing/")
    expect(page.get_by_text("2 of 7")).to_be_visible()
    expect(page.get_by_text("Hired as Waiter")).to_be_visible()
    check_page(page, "closing-progress", whole=True)


def test_several_are_ticked_on_the_board_by_key_and_declined(
    sign_in: Any, live_server: Any, rosa: Identity, people: list[Application]
) -> None:
    page: Page = sign_in(rosa)
    page.goto(f"{live_server.url}{JOBS}line-cook/")
    expect(page.get_by_role("button", name="Decide on the selected")).to_be_hidden()
    page.locator(f"#card-{people[4].reference} .card-name").focus()
    page.keyboard.press("x")
    page.get_by_label("Select Sam Okafor").check()
    page.get_by_label("Select Ana Lucía Rivera").check()
    expect(page.get_by_text("3 selected")).to_be_visible()
    check_page(page, "bulk-board")
    page.get_by_role("button", name="Decide on the selected").click()
    page.get_by_label("A line for Rivka Bell").fill("Your soup was the best we had this year.")
    page.get_by_label("A line for Rivka Bell").blur()
    page.get_by_text("What Rivka Bell will read").click()
    read = page.locator(f"#read-{people[4].reference}")
    expect(read).to_contain_text("Your soup was the best")
    check_page(page, "bulk", whole=True)
    page.get_by_role("button", name="Decline 2 people").click()
    expect(page.get_by_text("2 applications declined.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back for 2.")).to_be_visible()
    page.goto(f"{live_server.url}/desk/blue-spoon/people/")
    page.locator(".pick").first.check()
    check_page(page, "bulk-people")


def test_the_settings_have_quiet_hours(sign_in: Any, live_server: Any, ada: Identity) -> None:
    page: Page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/")
    page.get_by_label("Quiet from").fill("21:00")
    check_page(page, "quiet-hours", whole=True)

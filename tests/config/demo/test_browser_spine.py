"""The main job, end to end, as a new user walks it: the real demo, a real browser, real mail.

Jo applies with a resume, gets a receipt whose delivery is proven, and sees the status. Rosa has Jo
on the phone and finds her. A decision is made, and Jo is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sincerely.config.demo import environment
from sincerely.config.demo.resumes import as_pdf
from tests.config.demo.test_run import demo, read_until_ready

pytestmark = pytest.mark.browser


@pytest.fixture
def address(empty_home: Path) -> Iterator[str]:
    """The running demo, in which a decision is sent at once."""
    port = environment.free_port()
    with demo(empty_home, port, UNDO_MINUTES="0") as process:
        read_until_ready(process)
        yield f"http://localhost:{port}"


def test_jo_applies_is_found_and_is_told(address: str, page: Page) -> None:
    page.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    reference = apply(page, address)
    status_link = read_receipt(page, address, reference)
    page.goto(status_link)
    expect(page.get_by_text("jo-smith.pdf")).to_be_visible()
    expect(page.locator(".promise")).to_contain_text("hear by")

    sign_in(page, address)
    find_the_caller(page, reference)
    decline(page, address, reference)
    expect(page.get_by_text(re.compile("Told")).first).to_be_visible()

    page.goto(status_link)
    expect(page.get_by_text("Not this time").first).to_be_visible()
    page.goto(f"{address}/sink/")
    told = page.get_by_role("link", name="Your application for Line cook", exact=True)
    expect(told.first).to_be_visible()


def apply(page: Page, address: str) -> str:
    """Through the careers page to the thank-you page; returns the reference as it is spoken."""
    page.goto(f"{address}/e/blue-spoon/")
    page.get_by_role("link", name=re.compile("Line cook")).click()
    page.get_by_role("link", name="Apply for this job").first.click()
    page.get_by_label("Your name").fill("Jördis Ó Smith-Kowalski")
    page.get_by_label("E-mail").fill("jo.spine@applicants.example")
    page.get_by_label("Phone").fill("(212) 555-0187")
    resume = as_pdf(["Jördis Ó Smith-Kowalski", "Line cook, Harbour Grill, 2019 – 2026"])
    file = {"name": "jo-smith.pdf", "mimeType": "application/pdf", "buffer": resume}
    page.get_by_label("Resume").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_label("How many years").fill("Seven")
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have it")
    return page.locator("#reference").inner_text()


def read_receipt(page: Page, address: str, reference: str) -> str:
    """The receipt is in the sink within seconds; returns its link to the status page."""
    subject = "We have your application: Line cook at Blue Spoon Diner"
    row = page.locator(".row", has_text="jo.spine@applicants.example")
    for _ in range(40):
        page.goto(f"{address}/sink/")
        if row.count():
            break
        page.wait_for_timeout(500)
    row.get_by_role("link", name=subject).click()
    expect(page.get_by_text(reference).first).to_be_visible()
    text = page.content()
    assert "once, by e-mail" in text
    found = re.search(rf"{re.escape(address)}/a/[\w.~:-]+/", text)
    assert found
    return found[0]


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("E-mail").first.fill("rosa@blue-spoon.example")
    page.locator("input[name=password]").fill("sincerely-demo")
    page.locator("input[name=password]").press("Enter")
    expect(page).to_have_url(re.compile("/desk/blue-spoon/"))
    page.wait_for_load_state()  # keys are heard once the scripts are there


def find_the_caller(page: Page, reference: str) -> None:
    """By a scrap of the name, with the keyboard alone; the sentence may be read aloud."""
    page.keyboard.press("/")
    page.keyboard.type("kowalski jord")
    expect(page.get_by_role("option").first).to_contain_text("Jördis Ó Smith-Kowalski")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.locator("call-card")
    expect(card).to_contain_text("Your application for Line cook arrived on")
    expect(card).to_contain_text("You will hear from us by")
    expect(card).to_contain_text(reference)


def decline(page: Page, address: str, reference: str) -> None:
    digits = reference.replace(" ", "")
    page.goto(f"{address}/desk/blue-spoon/applications/{digits}/closure/?reason=declined")
    page.get_by_role("button", name="Decline and tell them").click()
    for _ in range(40):
        page.goto(f"{address}/desk/blue-spoon/applications/{digits}/")
        if page.get_by_text("Told").count():
            return
        page.wait_for_timeout(500)

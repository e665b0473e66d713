"""Taking an application in at a tablet, by touch and by keyboard; the slip on paper; and what the
applicant then does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job, PolicyVersion
from tests.careers.conftest import applications
from tests.plugins.browser import PICTURES, check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 820, "height": 1180}
PAPERS = {"80mm": ("80mm", "200mm"), "A6": ("105mm", "148mm"), "A4": ("210mm", "297mm")}


@pytest.fixture
def counter(diner: Employer, cook: Job, rosa: Identity) -> Job:
    """The diner at work: three open jobs, walk-ins welcome, and calls too."""
    published = {
        "stance": "call_once",
        "phone": "+1 212 555 0142",
        "phone_hours": ["Mon-Fri 10:00-12:00"],
        "walk_in": {"place": "12 Harbour Street", "hours": ["Mon-Sat 8:00-20:00"]},
    }
    diner.accent = "#c2410c"
    diner.save()
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(location="Harbour Street")
        for slug, title in {"server": "Server, early shift", "baker": "Baker"}.items():
            Job.objects.create(title=title, slug=slug, location="Pier 4").open(by=rosa)
        PolicyVersion.objects.create(published=published)
    return cook


@pytest.fixture
def desk(live_server: Any, settings: LazySettings) -> str:
    settings.PUBLIC_URL = live_server.url
    return f"{live_server.url}/desk/blue-spoon/"


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def test_by_touch_and_then_the_slip_on_three_papers(
    desk: str, sign_in: Callable[[Any], Page], rosa: Identity, counter: Job, diner: Employer
) -> None:
    page = sign_in(rosa)
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    page.goto(desk)
    page.get_by_role("link", name="Front desk").click()
    picture(page, "front-desk-820")
    check_page(page, "front-desk", whole=True)
    page.get_by_text("Line cook").click()
    page.get_by_role("textbox", name="Name").fill("Bo Lee")
    page.get_by_role("button", name="Save, and show the slip").click()
    expect(page.get_by_role("heading", name="Saved. Hand over the slip.")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_focused()
    picture(page, "slip-820")
    check_page(page, "slip", whole=True)
    print_it(page)
    page.get_by_role("button", name="Handed over: next person").click()
    expect(page.get_by_text("Bo Lee has the slip.")).to_be_visible()
    expect(page.get_by_label("Line cook")).to_be_checked()
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("")


def print_it(page: Page) -> None:
    """A picture of each paper, and only the slip is on it, on one page."""
    page.emulate_media(media="print")
    for button in page.get_by_role("button").all():
        expect(button).to_be_hidden()
    expect(page.get_by_role("navigation").first).to_be_hidden()
    for name, (width, height) in PAPERS.items():
        pdf = page.pdf(width=width, height=height, path=PICTURES / f"slip-{name}.pdf")
        assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1, name
    page.emulate_media(media="screen")


def test_by_the_keyboard_alone(
    desk: str, sign_in: Callable[[Any], Page], rosa: Identity, counter: Job, diner: Employer
) -> None:
    page = sign_in(rosa)
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    page.goto(f"{desk}front-desk/?job=server")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type("Ann Wu")
    page.keyboard.press("Tab")
    page.keyboard.type("2125550142")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Print")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    (ann,) = applications(diner)
    assert (ann.name, ann.phone, ann.job.slug) == ("Ann Wu", "+12125550142", "server")
    with diner.scope():
        assert ann.events().filter(kind="slip_given").exists()


def test_mistakes_and_somebody_who_was_here_before(
    desk: str,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    counter: Job,
    jo: Application,
    tmp_path: Path,
) -> None:
    photo = tmp_path / "paper.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    page = sign_in(rosa)
    page.goto(f"{desk}front-desk/?job=line-cook")
    page.get_by_role("textbox", name="Phone").fill("call me")
    page.get_by_label("Resume, or a photo of it").set_input_files(photo)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="2 things need your attention")).to_be_visible()
    expect(page.get_by_text("paper.jpg")).to_be_visible()
    check_page(page, "front-desk-mistakes", whole=True)
    page.get_by_role("textbox", name="Phone").fill("")
    page.get_by_role("textbox", name="Name").fill("Jo Smith")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Have they applied for this job before?")).to_be_visible()
    check_page(page, "front-desk-before", whole=True)
    page.get_by_label("Yes: Jo Smith").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Saved. Hand over the slip.")).to_be_visible()


def test_the_slip_in_the_applicants_hands(
    desk: str,
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    counter: Job,
    plain_page: Page,
) -> None:
    page = sign_in(rosa)
    page.goto(f"{desk}front-desk/?job=line-cook")
    page.get_by_role("textbox", name="Name").fill("Bo Lee")
    page.get_by_role("button", name="Save").click()
    reference, pin = (page.locator(".slip-codes dd").nth(at).inner_text() for at in (0, 1))
    page.get_by_role("button", name="Handed over").click()

    phone = plain_page
    phone.goto(f"{live_server.url}/status/")
    phone.get_by_label("Reference").fill(reference)
    phone.get_by_label("PIN").fill("000000" if pin != "000 000" else "111111")
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_text("do not belong together")).to_be_visible()
    phone.get_by_label("PIN").fill(pin)
    phone.get_by_role("button", name="Show it").click()
    expect(phone.get_by_text("Bo Lee, you will hear by")).to_be_visible()
    expect(phone.get_by_text("Handed over on paper on")).to_be_visible()
    picture(phone, "status-by-pin-390-plain")

    page.goto(phone.url)
    check_page(page, "status-opened-by-pin", whole=True)
    page.get_by_role("link", name="Get a new PIN").click()
    check_page(page, "pin-ask", whole=True)
    page.get_by_role("button", name="Show me a PIN").click()
    check_page(page, "pin-shown", whole=True)


def test_the_pages_for_reference_and_pin(
    desk: str, live_server: Any, page: Page, jo: Application
) -> None:
    page.goto(f"{live_server.url}/status/")
    check_page(page, "status-by-pin", whole=True)
    for _ in range(6):
        page.get_by_label("Reference").fill(jo.reference)
        page.get_by_label("PIN").fill("123456")
        page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("This waits for 15 minutes.")).to_be_visible()
    check_page(page, "status-by-pin-locked", whole=True)


def test_what_the_desk_shows_of_somebody_without_an_address(
    desk: str, sign_in: Callable[[Any], Page], rosa: Identity, counter: Job, apply: Any
) -> None:
    bo = apply(counter, name="Bo Lee", email="", source="walk-in")
    page = sign_in(rosa)
    page.goto(f"{desk}applications/{bo.reference}/")
    check_page(page, "desk-application-without-address", whole=True)
    page.goto(f"{desk}applications/{bo.reference}/call/")
    expect(page.get_by_text("No phone and no e-mail.")).to_be_visible()
    expect(page.locator("a[href^='mailto:'], a[href^='tel:']")).to_have_count(0)
    check_page(page, "desk-call-card-without-address", whole=True)
    page.goto(f"{desk}applications/{bo.reference}/slip/")
    check_page(page, "slip-again", whole=True)


def test_the_door_on_the_public_pages(
    desk: str, live_server: Any, page: Page, counter: Job
) -> None:
    page.goto(f"{live_server.url}/e/blue-spoon/jobs/line-cook/")
    check_page(page, "careers-job-walk-in", whole=True)
    page.goto(f"{live_server.url}/e/blue-spoon/")
    check_page(page, "careers-employer-walk-in", whole=True)

"""Should I call? through a browser: by the keyboard alone, without JavaScript, on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.founding import found_employer
from sincerely.hiring.models import Job
from sincerely.kernel import clock
from tests.plugins.browser import PICTURES, check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def site(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def agency(db: None, rosa: Identity) -> Employer:
    """It likes to be called, and hires."""
    employer = found_employer(
        name="Loud & Clear PR",
        slug="loud-and-clear",
        about="We make small companies heard.",
        time_zone="Europe/London",
        country="GB",
        policy={
            "stance": "calls_welcome",
            "culture": "bold",
            "wait_days": 3,
            "phone": "+44 20 7946 0991",
            "phone_hours": ["Mon-Sun 10:00-12:00"],
            "contact_role": "hiring_manager",
            "time_zone": "Europe/London",
        },
    )
    with employer.scope():
        Job.objects.create(title="Account executive", slug="account", recruiter=rosa).open(by=rosa)
    return employer


def days_ago(count: int) -> str:
    return (clock.now().date() - dt.timedelta(days=count)).isoformat()


def sent(**changed: str) -> str:
    """The address of a whole inquiry."""
    answers = {
        "sent": "sent",
        "day": days_ago(3),
        "news": "receipt",
        "promised": "",
        "asked": "",
        "vouch": "no",
        "says": "nothing",
    }
    return "/advice/?" + urlencode(answers | changed)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


# ── One question at a time ──────────────────────────────────────────────────────────────────────


def test_by_the_keyboard_alone_to_the_verdict(page: Page, site: str, cook: Job) -> None:
    page.goto(f"{site}/advice/")
    page.get_by_label("Yes, I sent it").focus()
    press(page, "Space", "Tab")
    page.keyboard.type("blue spoon")
    press(page, "Enter")
    expect(page.get_by_text("Question 2 of 6")).to_be_visible()
    assert focused(page) == "On which day was that?"
    assert page.title() == "Question 2 of 6 · Should I call?"
    press(page, "Tab")
    page.get_by_label("On which day was that?").fill(days_ago(3))  # the picker is the browser's own
    press(page, "Enter")
    expect(page.get_by_role("heading", name="What came back so far?")).to_be_focused()
    press(page, "Tab", "Space", "Enter")
    for question in ("By which day did they say", "When did you last ask"):
        expect(page.get_by_role("heading", name=question)).to_be_focused()
        press(page, "Tab", "Enter")
    expect(page.get_by_role("heading", name="Does someone who works there")).to_be_focused()
    press(page, "Tab", "Space", "Enter")
    expect(page.get_by_role("heading", name="Not yet")).to_be_focused()
    assert page.title() == "Not yet · Should I call?"
    assert "at=blue-spoon" in page.url


def test_back_and_reload_keep_the_answers(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.get_by_label("Yes, I sent it").check()
    page.get_by_role("textbox", name="Job").fill("Night nurse")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("On which day was that?").fill(days_ago(3))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What came back so far?")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="What came back so far?")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="On which day was that?")).to_be_visible()
    page.go_forward()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("On which day was that?")).to_have_value(days_ago(3))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A receipt: they have it").check()
    assert "job=Night+nurse" in page.url


def test_a_wrong_answer_stays_at_its_question_and_says_why(page: Page, site: str) -> None:
    page.goto(f"{site}/advice/?sent=sent")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_have_text("Write a day of the calendar, like 2026-12-03.")
    expect(page.get_by_role("heading", name="On which day was that?")).to_be_focused()
    assert page.url.endswith("?sent=sent")
    page.get_by_label("On which day was that?").fill("2099-01-01")
    check_page(page, "advice-wrong")


def test_where_a_step_does_not_come_the_browser_loads_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/advice/?sent=sent")
    page.get_by_label("On which day was that?").fill(days_ago(3))
    only_htmx = {"times": 1}
    page.route("**/advice/?*", lambda route: route.fulfill(status=503), **only_htmx)  # type: ignore[arg-type]
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What came back so far?")).to_be_focused()


def test_the_choice_of_an_employer_and_a_way_out_of_it(
    page: Page, site: str, cook: Job, agency: Employer, rosa: Identity
) -> None:
    cross = found_employer(name="Blue Cross Clinic", slug="blue-cross")
    with cross.scope():
        for number, title in enumerate(["Ward nurse", "Radiographer"]):
            Job.objects.create(title=title, slug=f"job-{number}").open(by=rosa)
    page.goto(f"{site}/advice/")
    page.get_by_label("Yes, I sent it").check()
    page.get_by_label("Employer").fill("blue")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Which employer do you mean?")).to_be_focused()
    check_page(page, "advice-chooser")
    page.get_by_label("Blue Spoon Diner").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Blue Spoon Diner publishes here")).to_be_visible()
    page.get_by_role("link", name="Another employer").click()
    expect(page.get_by_label("Employer")).to_have_value("")


# ── The verdict ─────────────────────────────────────────────────────────────────────────────────


def test_the_draft_and_the_link_are_copied(page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{sent(day=days_ago(9), job='Night nurse')}")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r", "").startswith(
        "Hello,\n\nI applied for the position of Night nurse on "
    )
    assert copied.endswith("[your name]")
    page.get_by_role("button", name="Copy", exact=True).click()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    expect(page.get_by_role("heading", name="E-mail")).to_be_visible()


def test_the_tone_of_ones_own_words(page: Page, site: str) -> None:
    page.goto(f"{site}{sent(day=days_ago(9))}")
    address = page.url
    page.get_by_label("Paste or write").fill(
        "Hello,\n\nI am the perfect fit for your team and highly motivated. I am waiting patiently"
        " for three weeks now, and you never answered. When can we meet? I will call you again"
        " tomorrow.\n\nJo"
    )
    page.get_by_role("button", name="Check the tone").click()
    expect(page.locator("#tone-found")).to_be_focused()
    expect(page.get_by_text("4 things to look at")).to_be_visible()
    assert page.locator("mark").first.text_content() == "perfect fit"
    check_page(page, "advice-tone", whole=True)
    page.get_by_label("Change it").fill("Hello, is the position still open? Thank you. Jo")
    page.get_by_role("button", name="Check the tone").click()
    expect(page.get_by_text("It sounds fine.")).to_be_visible()
    assert page.url == address


def test_pictures_of_the_pages(page: Page, site: str, cook: Job, agency: Employer) -> None:
    failed = {"sent": "failed", "day": days_ago(1), "support": "not_asked", "steps": "no"}
    pictures = {
        "front": "/",
        "first": "/advice/",
        "first-here": "/advice/?at=blue-spoon/line-cook",
        "middle": f"/advice/?sent=sent&day={days_ago(3)}&at=blue-spoon",
        "not-yet": sent(job="Night nurse", employer="St. Elsewhere"),
        "call": sent(day=days_ago(9), at="loud-and-clear"),
        "email": sent(day=days_ago(9), job="Night nurse"),
        "support": "/advice/?" + urlencode(failed | {"at": "blue-spoon"}),
        "tone-alone": "/advice/tone/",
    }
    for name, path in pictures.items():
        page.goto(f"{site}{path}")
        check_page(page, f"advice-{name}", whole=name != "middle")


def test_the_verdict_on_paper(page: Page, site: str, agency: Employer) -> None:
    page.goto(f"{site}{sent(day=days_ago(9), at='loud-and-clear')}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Call", exact=True)).to_be_visible()
    expect(page.get_by_text("Hello, this is [your name].")).to_be_visible()
    expect(page.get_by_role("button", name="Check the tone")).not_to_be_visible()
    page.set_viewport_size({"width": 800, "height": 1100})
    page.screenshot(path=PICTURES / "advice-print.png", full_page=True)


# ── Without scripts ─────────────────────────────────────────────────────────────────────────────


def test_without_scripts_as_one_form(browser: Browser, site: str, cook: Job) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/advice/")
    expect(page.get_by_role("heading", name="If you sent it")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).not_to_be_visible()
    page.screenshot(path=PICTURES / "advice-plain-390.png", full_page=True)
    form = page.locator("form:visible")
    form.get_by_label("Yes, I sent it").check()
    form.get_by_label("Employer").fill("blue spoon")
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("heading", name="3 answers need another look")).to_be_visible()
    page.screenshot(path=PICTURES / "advice-plain-wrong-390.png", full_page=True)
    expect(form.get_by_label("Yes, I sent it")).to_be_checked()
    form.get_by_label("On which day").fill(days_ago(9))
    form.get_by_label("A receipt: they have it").check()
    form.get_by_label("No", exact=True).first.check()
    page.get_by_role("button", name="Tell me").click()
    expect(page.get_by_role("heading", name="E-mail")).to_be_visible()
    page.get_by_label("Paste or write").fill("When can we meet?")
    page.get_by_role("button", name="Check the tone").click()
    expect(page.get_by_text("1 thing to look at")).to_be_visible()
    page.get_by_role("link", name="Back to your answer").click()
    expect(page.get_by_role("heading", name="E-mail")).to_be_visible()
    context.close()

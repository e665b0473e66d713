"""Applying through a browser: on a desk and a phone, without JavaScript, by the keyboard alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.founding import found_employer
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job, PolicyVersion, Question
from sincerely.kernel import clock
from tests.careers.conftest import applications, ask
from tests.plugins.browser import check_page
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORK = """You open the kitchen at half past five with one other cook, prepare the stations, and \
cook to order until two.

## What you do
- Eggs, griddle and fryer for up to 180 covers a morning
- Prep lists, stock counts and closing checks
- Showing new people how we do things

## What helps
A year on any line. You do not need a diploma."""

MORE_JOBS = {"server": "Server, early shift", "manager": "Assistant manager, weekend brunch"}


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.fixture
def site(live_server: Any, settings: LazySettings) -> str:
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def kitchen(diner: Employer, cook: Job, rosa: Identity) -> Job:
    """The diner as its visitors know it: a job with its questions, and two more."""
    diner.about = "Four diners along the harbour. We train on the job, and answer everyone."
    diner.website = "https://bluespoon.example"
    diner.accent = "#b3261e"
    diner.save()
    facts = {"location": "Harbour Street", "employment_type": "Full time", "pay": "18–21 an hour"}
    with diner.scope():
        Job.objects.filter(pk=cook.pk).update(
            summary="Breakfast and lunch on a six-burner line.", description=WORK, **facts
        )
        for slug, title in MORE_JOBS.items():
            Job.objects.create(title=title, slug=slug, **facts).open(by=rosa)
        walk_in = {"place": "Harbour Street 12", "hours": ["Mon-Thu 14:00-16:00"]}
        PolicyVersion.objects.create(published={"stance": "email_once", "walk_in": walk_in})
    ask(cook, "Which shifts suit you?", Question.Kind.CHOICE, choices=["Early", "Late", "Any"])
    ask(cook, "Do you have a food handler’s card?", Question.Kind.YES_NO, required=True)
    ask(cook, "What should we know about you?", Question.Kind.LONG)
    return cook


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "jo-smith.pdf"
    path.write_bytes(papers.pdf(["Jo Smith, line cook"]))
    return path


def test_from_the_front_page_to_the_thanks(
    page: Page, site: str, kitchen: Job, hospital: Employer, diner: Employer, paper: Path
) -> None:
    page.goto(site)
    look(page, "front")
    page.get_by_role("link", name="Blue Spoon Diner").click()
    look(page, "employer")
    page.get_by_role("link", name="Line cook").click()
    look(page, "job")
    page.get_by_role("link", name="Apply for this job").first.click()
    look(page, "apply")
    page.get_by_label("Your name").fill("Jo Smith")
    page.get_by_label("E-mail").fill("jo@gmial.com")
    page.get_by_label("Phone").fill("call me maybe")
    page.get_by_label("Resume").set_input_files(paper)
    expect(page.get_by_text("✓ jo-smith.pdf")).to_be_visible()
    page.get_by_label("Early").check()
    page.get_by_label("What should we know").fill("I love breakfast.")
    page.get_by_role("button", name="Send my application").click()

    expect(page.get_by_role("heading", name="3 things need your attention")).to_be_visible()
    expect(page.get_by_text("need not choose it again")).to_be_visible()
    expect(page.get_by_label("What should we know")).to_have_value("I love breakfast.")
    look(page, "apply-mistakes")
    page.get_by_label("Yes, jo@gmail.com").check()
    page.get_by_label("Phone").fill("(201) 555-0123")
    page.get_by_label("Not yet").or_(page.get_by_label("No", exact=True)).check()
    page.get_by_role("button", name="Send my application").click()

    expect(page.get_by_role("heading", name="We have it, Jo Smith.")).to_be_visible()
    expect(page.get_by_text("jo@gmail.com")).to_be_visible()
    look(page, "received")
    (jo,) = applications(diner)
    assert (jo.email, jo.phone, jo.document.name) == (
        "jo@gmail.com",
        "+12015550123",
        "jo-smith.pdf",
    )
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/apply/")
    expect(page.get_by_label("Your name")).to_have_value("")


def test_the_same_without_javascript_on_a_phone(
    plain_page: Page, site: str, kitchen: Job, diner: Employer, paper: Path
) -> None:
    page = plain_page
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/")
    page.get_by_role("link", name="Apply for this job").first.click()
    page.get_by_label("Your name").fill("Jo")
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_label("Resume").set_input_files(paper)
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_text("Please answer this question.").first).to_be_visible()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="We have it, Jo.")).to_be_visible()
    (jo,) = applications(diner)
    assert jo.document.name == "jo-smith.pdf"


def test_the_same_by_the_keyboard_alone(
    page: Page, site: str, kitchen: Job, diner: Employer
) -> None:
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/apply/")
    until_focused(page, "Your name")
    page.keyboard.type("Jo Smith")
    until_focused(page, "E-mail")
    page.keyboard.type("jo@example.org")
    until_focused(page, "Yes")
    page.keyboard.press("Space")
    until_focused(page, "Send my application")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="We have it, Jo Smith.")).to_be_visible()
    assert [each.answers[0]["answer"] for each in applications(diner)] == ["Yes"]


def look(page: Page, name: str) -> None:
    check_page(page, f"careers-{name}", whole=True)


def until_focused(page: Page, name: str) -> None:
    """Press Tab until the field or button of this name has the focus."""
    named = "document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText"
    for _ in range(40):
        page.keyboard.press("Tab")
        if (page.evaluate(named) or "").startswith(name):
            return
    raise AssertionError(f"Tab never reached {name}")


def test_a_form_that_failed_keeps_its_text_in_the_browser(
    page: Page, site: str, kitchen: Job, settings: LazySettings, tmp_path: Path
) -> None:
    """The file is refused before it travels, and by the server when a browser sends it anyway."""
    settings.MAX_UPLOAD_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    large = tmp_path / "large.pdf"
    large.write_bytes(papers.pdf() + b"%" * 300_000)
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/apply/")
    page.get_by_label("Your name").fill("Jo Smith")
    page.get_by_label("Resume").set_input_files(large)
    expect(page.get_by_text("the limit is")).to_be_visible()
    page.evaluate("document.querySelector('file-field').limit = Infinity")
    page.get_by_label("Resume").set_input_files(large)
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="That file is too large.")).to_be_visible()
    look(page, "too-large")
    page.go_back()
    expect(page.get_by_label("Your name")).to_have_value("Jo Smith")
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/apply/")
    expect(page.get_by_text("We kept what you typed last time.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Jo Smith")


def test_the_page_of_a_job_that_closed_while_writing(
    page: Page, site: str, kitchen: Job, rosa: Identity, diner: Employer
) -> None:
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/apply/")
    with diner.scope():
        kitchen.pause(by=rosa)
    page.get_by_label("Your name").fill("Jo Smith")
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", name="closed while you were writing")).to_be_visible()
    look(page, "too-late")
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/")
    look(page, "job-paused")


@pytest.fixture
def jo(kitchen: Job, rosa: Identity, diner: Employer, apply: Any) -> Application:
    """Jo's application, a week old, its receipt delivered, with the hiring manager."""
    week_ago = clock.now() - dt.timedelta(days=6)
    answers = [{"question": "Which shifts suit you?", "answer": "Early"}]
    with clock.clock_at(week_ago):
        jo: Application = apply(kitchen, answers=answers)
    with diner.scope():
        jo.receipt.settle("sent", source="smtp reply", at=week_ago + dt.timedelta(seconds=4))
        jo.receipt.settle("delivered", source="dsn", at=week_ago + dt.timedelta(seconds=40))
        with clock.clock_at(week_ago + dt.timedelta(days=2)):
            jo.move(jo.next_stage(), by=rosa)
    return jo


def test_the_status_page_and_a_change_of_mind(page: Page, site: str, jo: Application) -> None:
    page.goto(f"{site}/a/{status_token(jo)}/")
    expect(
        page.get_by_role("heading", name=re.compile("With the hiring manager")).first
    ).to_be_visible()
    look(page, "status")
    page.get_by_role("link", name="Withdraw my application").click()
    look(page, "withdrawal")
    page.get_by_role("button", name="Withdraw my application").click()
    expect(page.get_by_text("You have withdrawn your application.")).to_be_visible()
    look(page, "withdrawn")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Jo Smith, you will hear by")).to_be_visible()


def test_the_status_page_when_we_are_late_or_could_not_reach_them(
    page: Page, site: str, jo: Application, diner: Employer
) -> None:
    with diner.scope():
        jo.receipt.settle("bounced", source="dsn", evidence="5.1.1 no such user")
        jo.promises.update(due_on=dt.date(2026, 1, 5))
    page.goto(f"{site}/a/{status_token(jo)}/")
    expect(page.get_by_text("We are late, and we are sorry.")).to_be_visible()
    look(page, "status-late")
    page.get_by_label("An address that reaches you").fill("jo at example.net")
    page.get_by_role("button", name="Use this address").click()
    look(page, "status-no-address")
    page.get_by_label("An address that reaches you").fill("jo@example.net")
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_text("It is on its way to j•••@example.net.")).to_be_visible()


def test_a_damaged_link_and_the_way_to_a_fresh_one(
    page: Page, site: str, jo: Application, diner: Employer
) -> None:
    page.goto(f"{site}/a/{status_token(jo)[:60]}/")
    look(page, "bad-link")
    page.get_by_label("Your e-mail address").fill("jo@example.org")
    page.get_by_role("button", name="Send me my link").click()
    expect(page.get_by_role("heading", name="Look into your mail.")).to_be_visible()
    look(page, "link-asked")
    run_due_jobs()
    with diner.scope():
        (message,) = jo.messages().filter(kind="link")
    page.goto(re.search(r"http\S+/a/\S+", message.text)[0])  # type: ignore[index]
    expect(page.get_by_text("Your application for Line cook")).to_be_visible()


def test_the_pages_of_an_employer_without_jobs_and_of_failures(
    page: Page, site: str, db: None
) -> None:
    found_employer(name="St. Brigid Hospital", slug="st-brigid", accent="#0b6e8f")
    page.goto(f"{site}/e/st-brigid/")
    look(page, "employer-without-jobs")
    page.goto(f"{site}/e/nobody/")
    expect(page.get_by_role("heading", name="This page is not here.")).to_be_visible()
    look(page, "not-found")
    page.goto(f"{site}/link/")
    look(page, "link-anywhere")

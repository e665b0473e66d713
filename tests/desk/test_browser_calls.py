"""A caller in the ear, through a browser: by the keyboard, from the first letter to the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.documents.models import Document
from sincerely.hiring.models import Application, Job, Review
from sincerely.outbox.models import Delivery, Message
from tests.plugins.browser import check_page, settled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RESUME = """JO SMITH
jo@example.org · +1 555 010 4477

EXPERIENCE
Line cook, The Griddle, 2023–2026
Breakfast and lunch, up to 150 covers. Trained four new cooks.

Kitchen porter, Hotel Miramar, 2021–2023
Dish station, prep, receiving.

LANGUAGES
English, Spanish"""


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def busy_diner(
    diner: Employer, cook: Job, hugo: Identity, apply: Callable[..., Application]
) -> None:
    """Eleven people, some late, one not reached, one to talk about."""
    names = ["Ana Lucía Rivera", "Sam Okafor", "Siobhán O’Driver", "Mei Tan", "Rivka Bell"]
    names += ["Zoë Núñez", "Tomasz Żak", "Ada Osei", "Lars Øst", "李 小龙", "Noor Haddad"]
    for at, name in enumerate(names):
        one = apply(cook, name=name, email=f"person{at}@example.org", phone=f"+1555010{4400 + at}")
        with diner.scope():
            day = timezone.localdate() + dt.timedelta(days=at - 3)
            Application.objects.filter(pk=one.pk).update(due_on=day)
            one.promises.update(due_on=day)
            message = one.messages().first()
            if name == "Sam Okafor":
                message.settle(
                    Message.State.BOUNCED, source=Delivery.Source.DSN, evidence="5.2.2 full"
                )
            else:
                message.settle(
                    Message.State.DELIVERED, source=Delivery.Source.DSN, evidence="2.0.0"
                )
            if name == "Mei Tan":
                one.review(Review.Outcome.DISCUSS, by=hugo, reason="Could she start in March?")
    with diner.scope():
        cook.add_to_team(hugo)


@pytest.fixture
def read_resume(jo: Application) -> None:
    with jo.employer.scope():
        document = Document.objects.receive(
            ContentFile(small_pdf("Jo Smith, line cook")), name="jo-smith.pdf", kind="pdf"
        )
        document.keep_text(RESUME, resume={})
        answers = [{"question": "Can you start at five?", "answer": "Yes, every day but Sunday."}]
        Application.objects.filter(pk=jo.pk).update(document=document, answers=answers)


def small_pdf(text: str) -> bytes:
    """A page with one line, as few bytes as a reader takes."""
    drawn = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    pdf, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(pdf))
        pdf += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        pdf
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, len(pdf))
    )


def test_a_caller_is_found_answered_and_logged_by_the_keyboard(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    jo: Application,
    busy_diner: None,
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("answers are owed")
    check_page(page, "desk-today")

    page.keyboard.press("/")
    page.keyboard.type("smi")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.locator("mark")).to_have_text("Smi")
    check_page(page, "desk-lookup")

    page.keyboard.press("Enter")
    card = page.locator("call-card")
    expect(card.locator("blockquote")).to_contain_text("You will hear from us by")
    check_page(page, "desk-call-card")

    page.keyboard.press("v")
    page.keyboard.press("n")
    page.keyboard.type("Asked whether we are still looking.")
    check_page(page, "desk-call-card-voicemail")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card).to_contain_text("left a voicemail")
    expect(card).to_contain_text("Asked whether we are still looking.")
    expect(page.locator("undo-toast")).to_contain_text("Voicemail logged.")
    expect(card.locator(".call-once")).to_contain_text("Follow-up used")
    card.get_by_text("Why").click()
    check_page(page, "desk-call-card-used")
    page.keyboard.press("d")
    expect(card).to_have_count(0)


def test_a_decline_is_held_is_not_to_be_mentioned_and_is_undone(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    jo: Application,
    read_resume: None,
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/")
    check_page(page, "desk-application")
    page.get_by_role("link", name="Decline").click()
    dialog = page.locator("#dialog")
    expect(dialog.get_by_label("What Jo Smith reads")).to_contain_text("thank you for applying")
    check_page(page, "desk-closure-dialog")
    dialog.get_by_label("Why?").fill("The hours do not fit.")
    dialog.get_by_label("What is decided?").select_option("job_filled")
    expect(dialog.get_by_label("What Jo Smith reads")).to_contain_text("has now been filled")
    expect(dialog.get_by_label("Why?")).to_have_value("The hours do not fit.")
    settled(page)
    dialog.get_by_label("What is decided?").select_option("declined")
    expect(dialog.get_by_label("What Jo Smith reads")).to_contain_text("thank you for applying")
    dialog.get_by_role("button", name="Decline and tell them").click()
    expect(page.locator("undo-toast")).to_contain_text("Jo Smith: declined.")
    expect(page.locator(".notice")).to_contain_text("nobody outside knows yet")
    page.locator(".message > summary").first.click()
    check_page(page, "desk-application-held")

    page.get_by_role("link", name="Call card").click()
    card = page.locator("call-card")
    expect(card.locator(".call-not")).to_contain_text("A decision is held until")
    expect(card.locator("blockquote")).to_contain_text("You will hear from us by")
    check_page(page, "desk-call-card-held")
    page.keyboard.press("u")
    expect(card.locator(".call-not")).not_to_contain_text("A decision is held")
    expect(card).to_contain_text("took the decision back")
    with jo.employer.scope():
        jo.move(jo.employer.stages.get(name="Review"), by=rosa, tell=False)
    page.reload()
    page.get_by_role("link", name="Call card").click()
    expect(card.locator(".call-say")).to_contain_text("You may tell them; then it cannot be undone")
    check_page(page, "desk-call-card-no-message")


def test_the_hiring_manager_decides_in_two_clicks(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    hugo: Identity,
    jo: Application,
    read_resume: None,
) -> None:
    with jo.employer.scope():
        jo.job.add_to_team(hugo)
        jo.move(jo.next_stage(), by=rosa)
    page = sign_in(hugo)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    check_page(page, "desk-today-hugo")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Smith")
    check_page(page, "desk-application-hugo")
    page.get_by_role("link", name="Advance").click()
    check_page(page, "desk-review-dialog")
    page.keyboard.type("Calm under pressure, and nearby.")
    page.locator("#dialog").get_by_role("button", name="Advance").click()
    expect(page.locator("undo-toast")).to_contain_text("Jo Smith is advanced.")


def test_the_quiet_pages(
    live_server: Any, sign_in: Callable[[Any], Page], rosa: Identity, diner: Employer
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    expect(page.get_by_text("All promises are kept.")).to_be_visible()
    check_page(page, "desk-today-empty")


def test_people_and_the_pages_that_work_without_a_panel(
    live_server: Any,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    jo: Application,
    busy_diner: None,
) -> None:
    page = sign_in(rosa)
    desk = f"{live_server.url}/desk/blue-spoon/"
    for name, address in {
        "desk-people": "people/",
        "desk-people-found": "people/?q=riv",
        "desk-lookup-page": "lookup/?q=riv",
        "desk-caller-unknown-page": "link/",
        "desk-call-card-page": f"applications/{jo.reference}/call/",
        "desk-closure-page": f"applications/{jo.reference}/closure/",
    }.items():
        page.goto(desk + address)
        check_page(page, name)


def test_a_note_survives_a_session_that_ended_while_it_was_written(
    live_server: Any, sign_in: Callable[[Any], Page], rosa: Identity, jo: Application
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/call/")
    page.keyboard.press("n")
    page.get_by_label("A note for the team").fill(
        "She would rather work late, and start on Monday."
    )
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_role("heading", name="You are signed out.")).to_be_visible()
    expect(page.locator("blockquote")).to_contain_text("start on Monday")
    check_page(page, "send-again")
    sign_in(rosa)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("call-card")).to_contain_text("start on Monday")


def test_a_preview_that_fails_sends_nothing_that_nobody_confirmed(
    live_server: Any, sign_in: Callable[[Any], Page], rosa: Identity, jo: Application
) -> None:
    page = sign_in(rosa)
    page.route("**/move/preview/", lambda route: route.fulfill(status=503, body="down"))
    page.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/move/")
    with page.expect_response("**/move/preview/"):
        page.get_by_label("To stage").select_option("Interview")
    settled(page)
    expect(page.get_by_role("button", name="Move and tell them")).to_be_visible()
    with jo.employer.scope():
        jo.refresh_from_db()
        assert jo.stage.name == "New"

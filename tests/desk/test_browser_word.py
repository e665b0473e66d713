"""Hugo, on a phone between two meetings: from the mail to the resume to a word."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity, Membership
from sincerely.documents.models import Document
from sincerely.hiring.models import Application, Job
from sincerely.hiring.reminding import remind
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.desk.test_browser_calls import RESUME
from tests.plugins.browser import PICTURES, check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mail(
    cook: Job, jo: Application, rosa: Identity, hugo: Identity, live_server: Any, settings: Any
) -> Message:
    """The reminder that Hugo got this morning, about Jo."""
    settings.PUBLIC_URL = live_server.url
    with cook.employer.scope():
        cook.add_to_team(hugo)
        jo.stage_entries.update(at=clock.now() - dt.timedelta(days=1))
        document = Document.objects.receive(
            ContentFile(b"%PDF-1.4 a resume"), name="jo-smith.pdf", kind="pdf"
        )
        document.keep_text(RESUME, resume={})
        answers = [{"question": "Can you start at five?", "answer": "Yes, every day but Sunday."}]
        Application.objects.filter(pk=jo.pk).update(
            document=document, answers=answers, due_on=clock.today(cook.employer.time_zone)
        )
        with clock.clock_at(clock.now() - dt.timedelta(hours=2)):
            one = Application.objects.for_page().get(pk=jo.pk)
            due_on = clock.today(cook.employer.time_zone) + dt.timedelta(days=1)
            one.move(cook.employer.stages.get(position=2), by=rosa, due_on=due_on)
        membership = Membership.objects.select_related("employer", "identity").get(identity=hugo)
        message = remind(membership)
        assert message is not None
    return message


def test_two_clicks_lead_from_the_mail_to_a_word(
    mail: Message, jo: Application, page: Page
) -> None:
    page.set_default_timeout(15_000)
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_content(_html(mail))
    _picture_of_mail(page)
    page.get_by_role("link", name="Say a word on Jo Smith").click()
    expect(page.get_by_role("heading", name="Jo Smith")).to_be_visible()
    expect(page.get_by_text("Line cook, The Griddle")).to_be_visible()
    check_page(page, "word", whole=True)
    page.get_by_role("button", name="Advance to Interview").click()
    expect(page.get_by_text("Say why, in a sentence")).to_have_count(2)
    check_page(page, "word-error", whole=True)
    page.get_by_label("Why?").fill("Three years on a fast line. Let us meet.")
    page.get_by_role("button", name="Advance to Interview").click()
    expect(page.get_by_role("heading", name="Jo Smith moves on to Interview.")).to_be_visible()
    check_page(page, "word-said")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Taken back.")).to_be_visible()
    check_page(page, "word-taken-back")
    page.get_by_role("link", name="Say another word").click()
    page.get_by_label("Why?").fill("Which shift?")
    page.get_by_role("button", name="Discuss").click()
    expect(page.get_by_role("heading", name="Rosa knows that you want to talk.")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="This link has ended.")).to_be_visible()
    check_page(page, "word-ended")


def test_reminders_are_switched_off_and_on_again(
    rosa: Identity, sign_in: Any, live_server: Any
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/accounts/")
    page.get_by_role("button", name="Switch reminders off").click()
    expect(page.get_by_role("button", name="Switch reminders on")).to_be_visible()
    page.locator("#reminders").scroll_into_view_if_needed()
    check_page(page, "reminders-off", whole=True)
    rosa.refresh_from_db()
    assert not rosa.daily_reminders
    page.get_by_role("button", name="Switch reminders on").click()
    expect(page.get_by_role("button", name="Switch reminders off")).to_be_visible()


def _picture_of_mail(page: Page) -> None:
    """A mail has no landmarks, and so is not looked at by axe."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.screenshot(path=PICTURES / f"reminder-mail-390-{scheme}.png")


def _html(message: Message) -> str:
    parsed = message_from_bytes(bytes(message.raw), policy=policy.default)
    return parsed.get_body(("html",)).get_content()  # type: ignore[attr-defined,no-any-return]

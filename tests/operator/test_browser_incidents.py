"""What goes wrong, told and answered in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application
from sincerely.support.models import Incident
from sincerely.support.noting import note
from tests.plugins.browser import check_page
from tests.support.conftest import failed, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_failure_is_reported_answered_and_seen_on_the_status_page(
    page: Page, live_server: Any, jo: Application, sign_in: Callable[[Any], Page], faults: list[str]
) -> None:
    known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email, name=jo.name))
    assert known
    page.goto(f"{live_server.url}/help/{known.code}/")
    check_page(page, "help-noted", whole=True)
    page.get_by_label("What did you do?").fill("I pressed “Ask now”, twice.")
    page.get_by_role("button", name="Send it to support").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page, "help-refused", whole=True)
    expect(page.get_by_label("What did you do?")).to_have_value("I pressed “Ask now”, twice.")
    page.get_by_label("Your name").fill("Jo Smith")
    page.get_by_label("E-mail").fill(jo.email)
    page.get_by_role("button", name="Send it to support").click()
    expect(page.get_by_role("heading", name="We have your report.")).to_be_visible()
    check_page(page, "help-reported", whole=True)
    page.goto(f"{live_server.url}/a/{status_token(jo)}/")
    expect(page.get_by_text("Something went wrong on our side")).to_be_visible()
    check_page(page, "status-with-incident", whole=True)

    operator = Identity.objects.create_user("support@host.example", name="Ada", is_operator=True)
    sign_in(operator).goto(f"{live_server.url}/operator/")
    check_page(page, "incidents", whole=True)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Jo Smith")).to_be_visible()
    check_page(page, "incident", whole=True)
    page.get_by_label("Your answer").fill("It is mended. Ask again, and it goes through.")
    page.get_by_label("This solves it").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", name="Nobody waits for an answer.")).to_be_visible()
    assert Incident.objects.get().solved_at
    assert [fault for fault in faults if "422" not in fault] == []


def test_without_scripts_a_report_is_taken_too(
    browser: Any, live_server: Any, jo: Application
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/help/")
    page.get_by_label("What did you do?").fill("The page stayed white.")
    page.get_by_label("Your name").fill("Jo Smith")
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_role("button", name="Send it to support").click()
    expect(page.get_by_text("You will hear by")).to_be_visible()
    context.close()


def test_what_support_left_alone_is_on_the_desk(
    page: Page, live_server: Any, jo: Application, rosa: Identity, sign_in: Callable[[Any], Page]
) -> None:
    known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
    assert known
    incident = tell(known.code)
    Incident.objects.filter(pk=incident.pk).update(reply_by="2026-01-05")
    incident.escalate()
    sign_in(rosa).goto(f"{live_server.url}/desk/blue-spoon/")
    page.get_by_role("link", name="Help Jo Smith, whom our system failed").click()
    check_page(page, "desk-incident", whole=True)
    page.get_by_role("button", name="I have helped them").click()
    expect(page.get_by_text("Support knows that it is solved.")).to_be_visible()

"""Asking on one's own page, in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, PolicyVersion
from tests.careers.test_follow_up import address, sent_days_ago
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_jo_waits_asks_and_is_answered(
    page: Page, live_server: Any, jo: Application, rosa: Identity
) -> None:
    sent_days_ago(jo, 2)
    page.goto(live_server.url + address(jo))
    expect(page.get_by_role("button", name="Opens on")).to_be_disabled()
    check_page(page, "asking-too-early", whole=True)

    sent_days_ago(jo, 8)
    page.reload()
    check_page(page, "asking-open", whole=True)
    page.get_by_label("I have a question").check()
    page.get_by_label("Your message").fill("Is there a rack for bicycles?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You have asked")).to_be_visible()
    expect(page.get_by_text("Yes, your application arrived")).to_be_visible()
    check_page(page, "asking-asked", whole=True)


def test_the_number_and_what_to_say_stand_where_calls_are_welcome(
    page: Page, live_server: Any, jo: Application, diner: Employer
) -> None:
    with diner.scope():
        published = {
            "stance": "calls_welcome",
            "phone": "+12125550100",
            "phone_hours": ["Mon-Sun 09:00-17:00"],
        }
        PolicyVersion.objects.create(published=published)
    sent_days_ago(jo, 8)
    page.goto(live_server.url + address(jo))
    expect(page.get_by_role("link", name="+12125550100")).to_be_visible()
    check_page(page, "asking-call", whole=True)

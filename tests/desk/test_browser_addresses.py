"""Mail does not reach Jo: what Rosa sees, and the list of addresses without mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application
from sincerely.outbox.models import Message, Suppression
from sincerely.outbox.suppressing import COMPLAINED
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lost(jo: Application) -> Application:
    with jo.employer.scope():
        assert jo.receipt
        jo.receipt.settle(Message.State.SENT, source="smtp reply", evidence="250 queued as 4F2")
        jo.receipt.settle(Message.State.BOUNCED, source="dsn", evidence="failed 5.1.1 unknown")
        Application.objects.filter(pk=jo.pk).update(phone="+12125550142")
    return jo


def test_another_address_from_the_application(
    sign_in: Callable[[Any], Page],
    live_server: Any,
    lost: Application,
    rosa: Identity,
    page_of: Any,
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}{page_of(lost)}")
    expect(page.get_by_role("heading", name="Our mail does not reach Jo Smith.")).to_be_visible()
    check_page(page, "application-unreached")
    page.get_by_role("link", name="Call +12125550142").click()
    expect(page.get_by_text("Our mail does not reach them")).to_be_visible()
    check_page(page, "call-card-unreached")
    page.goto(f"{live_server.url}{page_of(lost)}")
    page.get_by_label("Another address that they gave you").fill("jo@example.net")
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_text("goes to jo@example.net now")).to_be_visible()
    page.locator("details.message summary").last.click()
    check_page(page, "application-another-address", whole=True)


def test_the_list_and_the_way_back(
    sign_in: Callable[[Any], Page], live_server: Any, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        Suppression.objects.suppress("jo@example.org", COMPLAINED, by="postmark")
        Suppression.objects.suppress("jo@example.net", "Asked to be called instead", by="Rosa")
        old = Suppression.objects.suppress("jo@example.com", "Two mails came back")
        old.lift(by="Rosa", why="Has a new mailbox there")
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/people/")
    page.get_by_role("link", name="Addresses without mail").click()
    page.get_by_text("Written to again (1)").click()
    page.get_by_text("Write again", exact=True).first.click()
    check_page(page, "addresses", whole=True)
    page.get_by_label("Why it is worth another try").first.fill("Jo asked us to")
    page.get_by_role("button", name="Write to jo@example.net again").click()
    expect(page.get_by_text("Mail goes to jo@example.net again.")).to_be_visible()
    page.get_by_role("button", name="Stop writing there").click()
    check_page(page, "addresses-wrong", whole=True)

"""How an employer keeps its word, looked at through a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at, now
from sincerely.outbox.models import Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)


@pytest.fixture
def a_year(diner: Employer, cook: Job, apply: Callable[..., Application], rosa: Identity) -> None:
    """Thirty applied; two dozen were told four days later how it ended, one of them in vain."""
    with clock_at(now() - 20 * DAY):
        sent = [apply(cook, name=f"A {n}", email=f"a{n}@example.org") for n in range(30)]
    with diner.scope(), clock_at(now() - 16 * DAY):
        for application in sent[:24]:
            application.decline(by=rosa)
    with diner.scope(), clock_at(now() - 16 * DAY + dt.timedelta(hours=1)):
        for number, application in enumerate(sent):
            state = Message.State.BOUNCED if number == 3 else Message.State.DELIVERED
            for message in application.messages().unsent():
                message.settle(state, source="dsn")


def test_an_admin_publishes_the_figures_and_anybody_reads_them(
    live_server: Any, sign_in: Any, a_year: None, ada: Identity
) -> None:
    page: Page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/responsiveness/")
    check_page(page, "responsiveness-settings", whole=True)
    page.get_by_label("Anybody may read these figures").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{live_server.url}/e/blue-spoon/")
    check_page(page, "careers-with-figures")
    page.get_by_role("link", name="How often we keep our word").click()
    expect(page.get_by_role("heading", name="How we keep our word")).to_be_visible()
    check_page(page, "responsiveness", whole=True)

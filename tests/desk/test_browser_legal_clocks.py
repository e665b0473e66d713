"""What the law asks, where Rosa and Ada see it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application
from sincerely.kernel import clock
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_on_the_card_the_job_the_application_and_the_settings(
    diner: Employer, jo: Application, rosa: Identity, ada: Identity, sign_in: Any,
    live_server: Any, page_of: Any, faults: list[str],
) -> None:  # fmt: skip
    Employer.objects.filter(pk=diner.pk).update(country="CA", subdivision="ON")
    diner.refresh_from_db()
    with diner.scope(), clock.clock_at(clock.now() - dt.timedelta(days=42)):
        jo.stage_entries.update(at=clock.now() - dt.timedelta(days=1))
        jo.move(diner.stages.get(name="Interview"), by=rosa)
    page: Page = sign_in(ada)
    page.set_default_timeout(15_000)
    page.goto(f"{live_server.url}{page_of(jo)}")
    expect(page.get_by_text("By law told by")).to_be_visible()
    check_page(page, "law-application")
    page.goto(f"{live_server.url}/desk/blue-spoon/jobs/line-cook/")
    expect(page.get_by_text("One was interviewed.")).to_be_visible()
    check_page(page, "law-board")
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/")
    page.get_by_label("How many people work for you?").scroll_into_view_if_needed()
    check_page(page, "law-settings")
    assert faults == []

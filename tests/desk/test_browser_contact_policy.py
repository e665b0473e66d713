"""Writing a contact policy in a browser: it answers while one types, by the keyboard alone, and
without JavaScript."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.kernel import clock
from sincerely.kernel.models import record
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL, ONE = "/desk/blue-spoon/settings/contact/", "/desk/blue-spoon/jobs/line-cook/contact/"


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


def preview(page: Page) -> Any:
    return page.get_by_role("region", name="What applicants read and are told")


def in_a_month() -> dt.date:
    return clock.today("America/New_York") + dt.timedelta(days=30)


@pytest.fixture
def with_history(diner: Employer, ada: Identity) -> None:
    """Changed twice, and planned twice for one day."""
    begins = dt.datetime.combine(in_a_month(), dt.time(5), dt.UTC)
    with diner.scope():
        for published, more in (
            ({"stance": "no_follow_up_before_promise"}, {}),
            ({"wait_days": 10, "email": "jobs@blue-spoon.example"}, {}),
            ({"wait_days": 21}, {"in_force_from": begins}),
            (
                {"wait_days": 5},
                {"in_force_from": begins, "in_force_until": begins + dt.timedelta(days=14)},
            ),
        ):
            record(
                "policy_changed", PolicyVersion.objects.create(published=published, **more), by=ada
            )


def test_a_policy_answers_while_it_is_written(
    sign_in: Any, live_server: Any, ada: Identity, with_history: None
) -> None:
    page = sign_in(ada)
    page.goto(f"{live_server.url}{ALL}")
    expect(preview(page)).to_contain_text("once, by e-mail, from 10 days")
    check_page(page, "contact-policy", whole=True)

    page.get_by_label("From how many days").fill("21")
    expect(preview(page)).to_contain_text("from 21 days")
    expect(page.get_by_label("Phone", exact=True)).to_be_hidden()
    page.get_by_label("A call or an e-mail").check()
    expect(preview(page)).to_contain_text("You let people call and give no number.")
    page.get_by_label(re.compile("^Phone")).fill("+1 212 555 0142")
    page.get_by_label("When the phone is answered").fill("Mon-Fri 10-")
    expect(preview(page)).to_contain_text("cannot read “Mon-Fri 10-”")
    page.get_by_label("When the phone is answered").fill("Mon-Fri 10-12")
    page.get_by_label("Boldness is a plus").check()
    expect(preview(page)).to_contain_text("the normal rules hold")
    page.get_by_label("Role").select_option("hiring_manager")
    expect(preview(page)).to_contain_text("you need not wait before you call")
    expect(preview(page).get_by_role("listitem").first).to_contain_text("Call")
    check_page(page, "contact-policy-bold", whole=True)


def test_a_policy_that_cannot_be_is_said_at_its_fields(
    sign_in: Any, live_server: Any, ada: Identity, diner: Employer
) -> None:
    page = sign_in(ada)
    page.goto(f"{live_server.url}{ALL}")
    page.get_by_label("One call").check()
    page.get_by_label("First day").fill(in_a_month().isoformat())
    page.get_by_label("Last day").fill(clock.today("America/New_York").isoformat())
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("It cannot end before it begins")
    check_page(page, "contact-policy-refused", whole=True)


def test_a_job_gets_its_own_policy_by_the_keyboard_alone(
    sign_in: Any, live_server: Any, rosa: Identity, cook: Job
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/jobs/line-cook/")
    page.get_by_role("link", name="Contact policy").press("Enter")
    check_page(page, "contact-policy-job-as-employer", whole=True)
    page.get_by_label("As for the whole employer").press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("One call")).to_be_checked()
    page.get_by_label(re.compile("^Phone")).press_sequentially("+1 212 555 0142")
    expect(preview(page)).to_contain_text("You may call once")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It holds for who applies from now on.")
    expect(page.get_by_label("A policy of its own")).to_be_checked()
    check_page(page, "contact-policy-job-own", whole=True)


def test_a_planned_change_is_taken_back(
    sign_in: Any, live_server: Any, ada: Identity, with_history: None
) -> None:
    page = sign_in(ada)
    page.goto(f"{live_server.url}{ALL}")
    expect(page.get_by_role("heading", name="Planned")).to_be_visible()
    page.get_by_role("button", name="Take it back").last.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    expect(page.get_by_role("button", name="Take it back")).to_have_count(1)


def test_without_javascript_a_button_shows_the_preview(
    browser: Browser, sign_in: Any, live_server: Any, ada: Identity, diner: Employer
) -> None:
    cookies = sign_in(ada).context.cookies()
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"{live_server.url}{ALL}")
    page.get_by_label("From how many days").fill("21")
    page.get_by_role("button", name="Preview").click()
    expect(preview(page)).to_contain_text("from 21 days")
    expect(page.get_by_label("From how many days")).to_have_value("21")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. It holds").first).to_be_visible()
    plain.close()

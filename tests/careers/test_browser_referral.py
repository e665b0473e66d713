"""A referral through a browser, from the desk to the applicant's page: one link for each person."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.house import set_mail_domains
from sincerely.hiring.models import Application, Job
from sincerely.outbox.models import Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(page: Page) -> Page:
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def site(live_server: Any, settings: LazySettings) -> str:
    settings.PUBLIC_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def house(diner: Employer) -> Employer:
    with diner.scope():
        set_mail_domains(diner, ["blue-spoon.example"], by="Ada")
    return diner


def link_in(employer: Employer, kind: str) -> str:
    """The first link in the newest mail of this kind."""
    with employer.scope():
        text = Message.objects.filter(kind=kind).latest("created_at").text
    found = re.search(r"https?://\S+", text)
    assert found
    return found[0]


def test_from_the_link_at_the_desk_to_whom_the_applicant_may_call(
    site: str,
    sign_in: Callable[[Any], Page],
    rosa: Identity,
    hugo: Identity,
    cook: Job,
    house: Employer,
) -> None:
    page = sign_in(rosa)
    page.goto(f"{site}/desk/blue-spoon/jobs/line-cook/")
    page.get_by_role("link", name="Refer somebody").click()
    expect(page.get_by_text("Nobody yet.")).to_be_visible()
    check_page(page, "desk-referrals-empty", whole=True)

    page.get_by_role("link", name="Fill it in").click()
    expect(page.get_by_label("Their number")).to_be_hidden()
    check_page(page, "refer", whole=True)
    fill_in(page)
    check_page(page, "refer-mistakes", whole=True)
    page.get_by_label("Their e-mail at work").fill("kim@blue-spoon.example")
    page.get_by_label("Their number").fill("(212) 555-0142")
    page.get_by_role("button", name="Refer them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Pat Moss.")
    check_page(page, "referral", whole=True)

    # Jo, by the mail.
    page.goto(link_in(house, "referral"))
    expect(page.get_by_text("Pat Moss has referred you.")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("jo@example.org")
    check_page(page, "apply-referred", whole=True)
    page.get_by_role("button", name="Send my application").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have it")
    status = link_in(house, "receipt")
    page.goto(status)
    expect(page.get_by_text("Kim Adair")).to_have_count(0)

    # Kim, by the mail.
    question = link_in(house, "vouch_request")
    page.goto(question)
    expect(page.get_by_role("heading", level=1)).to_have_text("May Jo Smith call you?")
    check_page(page, "vouch-question", whole=True)
    page.get_by_role("button", name="Yes, they may").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Smith may call you.")
    check_page(page, "vouch-given", whole=True)
    page.goto(question)
    expect(page.get_by_role("heading", level=1)).to_have_text("This question is not open any more.")
    check_page(page, "vouch-answered")

    page.goto(status)
    expect(page.get_by_role("heading", name="You may contact Kim Adair")).to_be_visible()
    check_page(page, "status-vouched", whole=True)

    at_the_desk(page, site, house)
    page.goto(link_in(house, "vouch_given"))
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is taken back.")
    check_page(page, "vouch-taken-back")
    page.goto(status)
    expect(page.get_by_text("Kim Adair")).to_have_count(0)


def fill_in(page: Page) -> None:
    """With a colleague outside and no number: what the page says of both."""
    page.get_by_role("textbox", name="Their name").first.fill("Jo Smith")
    page.get_by_label("Their e-mail", exact=True).fill("jo@example.org")
    page.get_by_label("How do you know them").fill("We ran a kitchen together for two years.")
    page.get_by_label("Your name").fill("Pat Moss")
    page.get_by_label("Your e-mail").fill("pat@example.org")
    page.get_by_label("Yes, I am certain").check()
    page.get_by_role("textbox", name="Their name").nth(1).fill("Kim Adair")
    page.get_by_label("Their e-mail at work").fill("kim@elsewhere.example")
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Refer them").click()
    expect(page.get_by_role("heading", name="2 things need your attention")).to_be_visible()
    expect(page.get_by_label("How do you know them")).to_have_value(re.compile("We ran"))


def at_the_desk(page: Page, site: str, house: Employer) -> None:
    with house.scope():
        jo = Application.objects.get()
    page.goto(f"{site}/desk/blue-spoon/applications/{jo.reference}/")
    expect(page.get_by_text("Kim Adair may be called until")).to_be_visible()
    expect(page.get_by_text("Referral: Pat Moss", exact=True)).to_be_visible()
    check_page(page, "desk-application-referred", whole=True)
    page.get_by_role("link", name="Call card").click()
    card = page.locator("call-card")
    expect(card.get_by_text("Kim Adair may be called until")).to_be_visible()
    card.get_by_role("heading", name="Referred").scroll_into_view_if_needed()
    check_page(page, "desk-call-card-referred")
    page.goto(f"{site}/desk/blue-spoon/jobs/line-cook/referrals/")
    expect(page.get_by_text("Kim Adair may be called until")).to_be_visible()
    check_page(page, "desk-referrals", whole=True)


def test_without_scripts_it_works_the_same(
    browser: Browser, site: str, cook: Job, house: Employer, refer: Any
) -> None:
    refer()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link_in(house, "vouch_request"))
    page.get_by_role("button", name="No, rather not").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You said no.")
    context.close()


def test_mail_domains_are_set_beside_the_members(
    site: str, sign_in: Callable[[Any], Page], ada: Identity, house: Employer
) -> None:
    page = sign_in(ada)
    page.goto(f"{site}/desk/blue-spoon/settings/members/")
    expect(page.get_by_label("Your mail domains")).to_have_value("blue-spoon.example")
    check_page(page, "desk-settings-members", whole=True)
    page.get_by_label("Your mail domains").fill("gmail.com")
    page.get_by_role("button", name="Save the domains").click()
    expect(page.get_by_text("Anybody can have an address at gmail.com").first).to_be_visible()
    check_page(page, "desk-settings-domains", whole=True)

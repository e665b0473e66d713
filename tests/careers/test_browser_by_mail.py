"""Applying by e-mail, as it looks in a browser: from the job's page to the demo's own mail form."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect

from sincerely.hiring.links import status_token
from sincerely.hiring.missing import BY_MAIL
from sincerely.hiring.models import Job, Question
from sincerely.inbound.models import InboundMail
from sincerely.outbox.models import Message
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any, settings: LazySettings, tmp_path: Any) -> str:
    settings.PUBLIC_URL, settings.APPLY_DOMAIN = live_server.url, "jobs.example.org"
    settings.DEMO, settings.SINK_FOLDER = True, tmp_path
    return str(live_server.url)


def test_the_job_and_the_employer_name_their_address(page: Page, site: str, cook: Job) -> None:
    page.goto(f"{site}/e/blue-spoon/jobs/line-cook/")
    link = page.get_by_role("link", name="blue-spoon+line-cook@jobs.example.org")
    assert link.get_attribute("href") == (
        "mailto:blue-spoon%2Bline-cook@jobs.example.org?subject=Line%20cook"
    )
    check_page(page, "job-by-mail", whole=True)
    page.goto(f"{site}/e/blue-spoon/")
    expect(page.get_by_role("link", name="blue-spoon@jobs.example.org")).to_be_visible()
    check_page(page, "employer-by-mail", whole=True)


def test_which_job_it_is_for_is_one_choice(page: Page, site: str, cook: Job) -> None:
    with cook.employer.scope():
        Job.objects.create(title="Baker", slug="baker", location="Pier 4").open(by="Rosa")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Jo Smith <jo@example.org>", "I would like to work with you"
    mail.set_content("I can cook and bake.")
    InboundMail.objects.take_in(
        sender="", recipients=["blue-spoon@jobs.example.org"], raw=mail.as_bytes()
    )
    InboundMail.objects.get().read()
    with cook.employer.scope():
        text = Message.objects.get(kind="which_job").text
    page.goto(re.findall(r"http\S+/mail/\S+", text)[0])
    check_page(page, "which-job", whole=True)
    page.get_by_label("Baker, Pier 4").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have your application")).to_be_visible()
    check_page(page, "which-job-chosen", whole=True)


def test_what_is_missing_is_added_on_a_page_of_ones_own(
    page: Page, site: str, cook: Job, apply: Any
) -> None:
    with cook.employer.scope():
        Question.objects.create(job=cook, text="Which shifts?", required=True)
    jo = apply(cook, source=BY_MAIL)
    page.goto(f"{site}/a/{status_token(jo)}/")
    check_page(page, "status-missing", whole=True)
    page.get_by_role("link", name="Add what is missing").click()
    check_page(page, "details", whole=True)
    page.get_by_label("Which shifts?").fill("Early ones")
    page.get_by_role("button", name="Add to my application").click()
    expect(page.get_by_role("link", name="Add your resume and a phone number")).to_be_visible()
    check_page(page, "status-may-add", whole=True)


def test_the_demo_writes_a_mail(page: Page, site: str, cook: Job) -> None:
    page.goto(f"{site}/sink/")
    page.get_by_role("link", name="Write a mail").click()
    expect(page.get_by_label("To")).to_be_visible()
    check_page(page, "sink-write", whole=True)

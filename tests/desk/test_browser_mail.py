"""Sorting mail in a browser, at the desk and as the operator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application
from tests.inbound.kept import kept_mail
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Any], Page]

LETTER = """Dear all,

I saw your job at the harbour. I have cooked for four years, on a ferry and in two kitchens, and I
could start in January.

Kind regards
Jo Smith
"""


def test_a_recruiter_sorts_a_mail_from_today(
    sign_in: SignIn, rosa: Identity, diner: Employer, jo: Application, live_server: Any
) -> None:
    kept_mail(
        diner,
        "Where does it stand? I wrote from work.",
        kind="reply",
        application_id=jo.pk,
        from_name="Jo Smith",
        from_address="jo@harbour-ferries.example",
        subject="Re: We have your application",
        reason="It answers a message to Jo Smith, but came from another address.",
    )
    for _ in range(2):
        kept_mail(
            diner,
            LETTER,
            kind="application",
            subject="Application as a cook",
            reason="It names no job, and none is open.",
            files={"Jo Smith CV.pdf": b"%PDF-" * 9_000, "certificate.pdf": b"%PDF-" * 900},
        )
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/")
    check_page(page, "today-mail", whole=True)
    page.goto(f"{live_server.url}/desk/blue-spoon/mail/")
    check_page(page, "mail-inbox", whole=True)
    page.get_by_role("link", name="Application as a cook").first.click()
    check_page(page, "mail-application", whole=True)
    page.go_back()
    page.get_by_role("link", name="Re: We have your application").click()
    check_page(page, "mail-reply", whole=True)
    page.get_by_role("button", name="Yes, it is theirs").click()
    expect(page.get_by_text("Kept with Jo Smith’s application.")).to_be_visible()


def test_an_operator_sorts_what_belongs_to_nobody(sign_in: SignIn, live_server: Any) -> None:
    operator = Identity.objects.create_user("op@host.example", name="Op", is_operator=True)
    kept_mail(
        None,
        "The form said 7F3-K29 when I sent it.",
        kind="support",
        subject="Trouble with an application (7F3-K29)",
        reason="It was written to support.",
    )
    page = sign_in(operator)
    page.goto(f"{live_server.url}/operator/mail/")
    check_page(page, "operator-mail", whole=True)
    page.get_by_role("link", name="Jo Smith").click()
    check_page(page, "operator-mail-one", whole=True)
    page.get_by_role("button", name="Put it aside").click()
    expect(page.get_by_role("heading", name="No mail waits.")).to_be_visible()
    check_page(page, "operator-mail-none", whole=True)

"""Signing in through a real browser, under our Content-Security-Policy: every way there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sincerely.accounts.models import Identity
from tests.accounts.conftest import (
    PASSWORD,
    SECRET,
    add_app,
    add_spare_codes,
    app_code,
    code_in,
)
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LastMail = Callable[[], Any]


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """Fails the test when the browser refused anything, or a script did not run."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.set_default_timeout(15_000)
    yield page
    assert troubles == []


@pytest.fixture
def visit(page: Page, live_server: Any, rosa: Identity) -> Callable[[str], None]:
    def go(path: str) -> None:
        page.goto(f"{live_server.url}{path}")

    return go


@pytest.fixture
def passkey_device(page: Page) -> Any:
    """A passkey device that says yes: the browser's own, without hands."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def user_is_there(there: bool) -> None:
        session.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": added["authenticatorId"], "isUserVerified": there},
        )

    return user_is_there


def give_password(page: Page, email: str = "rosa@blue-spoon.example") -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm_password(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_rosa_signs_in_by_password_and_out_again(page: Page, visit: Callable[..., None]) -> None:
    visit("/desk/blue-spoon/")
    check_page(page, "sign-in")
    page.get_by_label("E-mail").fill("rosa@blue-spoon.example")
    page.get_by_label("Password").fill("not the pass phrase")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    give_password(page)
    expect(page).to_have_url(re.compile(r"/desk/blue-spoon/$"))
    visit("/accounts/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    visit("/desk/blue-spoon/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_rosa_signs_in_by_a_code(
    page: Page, visit: Callable[..., None], last_mail: LastMail
) -> None:
    visit("/accounts/login/?next=/desk/blue-spoon/jobs/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_label("E-mail").fill("rosa@blue-spoon.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible()
    check_page(page, "sign-in-type-code")
    first = code_in(last_mail())
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible()
    second = code_in(last_mail())
    assert second != first
    page.get_by_label("Code from the e-mail").fill(second)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/desk/blue-spoon/jobs/$"))


def test_rosa_adds_an_app_and_signs_in_with_it(page: Page, visit: Callable[..., None]) -> None:
    visit("/accounts/login/?next=/accounts/")
    give_password(page)
    expect(page.locator("#second-step-advice")).to_be_visible()
    check_page(page, "your-sign-in")
    page.get_by_role("link", name="Add an app").click()
    check_page(page, "is-it-you")
    confirm_password(page)
    picture = page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("It cannot be scanned").click()
    check_page(page, "add-app")
    secret = page.locator("#totp-key").inner_text()
    page.get_by_label("Six digits").fill(app_code(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.locator("#spare-codes li")).to_have_count(10)
    check_page(page, "spare-codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as a file").click()
    spare = page.locator("#spare-codes li").first.inner_text()
    assert spare in download.value.path().read_text()

    page.get_by_role("button", name="Sign out", exact=True).click()
    give_password(page)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    check_page(page, "second-step")
    page.get_by_label("Code from your app").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Code from your app").fill(app_code(secret, steps=1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/desk/blue-spoon/$"))


def test_rosa_adds_a_passkey_and_signs_in_with_it_alone(
    page: Page, visit: Callable[..., None], passkey_device: Any
) -> None:
    visit("/accounts/login/?next=/accounts/")
    give_password(page)
    page.get_by_role("link", name="Add a passkey").click()
    confirm_password(page)
    check_page(page, "add-passkey")
    page.get_by_label("A name for it").fill("My laptop")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Done").click()
    expect(page.locator("strong", has_text="My laptop")).to_be_visible()
    check_page(page, "your-sign-in-with-passkey")

    page.get_by_role("button", name="Sign out", exact=True).click()
    passkey_device(False)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("#passkey-trouble")).to_be_visible()
    passkey_device(True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/blue-spoon/$"))


def test_a_passkey_is_the_second_step_after_a_password_and_proves_who_changes_it(
    page: Page, visit: Callable[..., None], passkey_device: Any
) -> None:
    visit("/accounts/login/?next=/accounts/2fa/webauthn/add/")
    give_password(page)
    confirm_password(page)
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    give_password(page)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page).to_have_url(re.compile(r"/desk/blue-spoon/$"))
    visit("/accounts/")
    page.get_by_role("link", name="Remove").click()
    visit("/accounts/2fa/webauthn/reauthenticate/?next=/accounts/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Your sign-in")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    check_page(page, "remove-passkey")
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#second-step-advice")).to_be_visible()


def test_the_pages_for_strangers_have_no_fault(page: Page, visit: Callable[..., None]) -> None:
    for name, path in {
        "signup-closed": "signup/",
        "password-reset": "password/reset/",
        "password-reset-stale": "password/reset/key/1-set-password/",
    }.items():
        visit(f"/accounts/{path}")
        expect(page.locator("h1")).to_be_visible()
        check_page(page, name)


def test_the_pages_of_ones_own_sign_in_have_no_fault(
    page: Page, visit: Callable[..., None], rosa: Identity, settings: Any
) -> None:
    settings.REQUIRE_STAFF_MFA = True
    visit("/desk/blue-spoon/")
    give_password(page)
    expect(page.locator("#must-add")).to_be_visible()
    add_app(rosa)
    add_spare_codes(rosa)
    visit("/accounts/reauthenticate/?next=/accounts/")
    confirm_password(page)
    for name, path in {
        "password-change": "password/change/",
        "address-change": "email/",
        "sign-out": "logout/",
        "remove-app": "2fa/totp/deactivate/",
        "new-spare-codes": "2fa/recovery-codes/generate/",
    }.items():
        visit(f"/accounts/{path}")
        expect(page.locator("h1")).to_be_visible()
        assert SECRET not in page.content()
        check_page(page, name)

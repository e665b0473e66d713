"""The phone line's settings and a voicemail at the desk, as pictures, with the sound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page

from sincerely.accounts.models import Employer, Identity
from sincerely.documents.models import Document
from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.models import Application, Recording
from sincerely.hiring.phone_line import set_up_line
from sincerely.inbound.voice.spoken import can_speak
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from tests.inbound.voice.conftest import NUMBER, sound
from tests.plugins.browser import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Any], Page]


@pytest.fixture
def line(diner: Employer) -> None:
    with diner.scope():
        set_up_line(diner, number=NUMBER, greeting="", is_on=True, by="Ada")


@pytest.fixture
def voicemail(jo: Application, line: None) -> Recording:
    left = {"call": "CA1", "sid": "RE1", "number": NUMBER, "account": "", "address": "x"}
    with jo.employer.scope(), clock_at(clock.now() + dt.timedelta(days=10)):
        recording, _ = hear_voicemail(jo, Left(**left, seconds=42))
        given = {"name": "voicemail.wav", "kind": "wav"}
        recording.keep(Document.objects.receive(ContentFile(sound(3)), **given))
        recording.write_down("Hello, this is Jo. Is there a night shift as well? Thank you.")
    return recording


def test_the_settings_of_the_line(
    sign_in: SignIn, live_server: Any, ada: Identity, line: None, jo: Application, faults: list[str]
) -> None:
    page = sign_in(ada)
    page.goto(f"{live_server.url}/desk/blue-spoon/settings/phone/")
    check_page(page, "settings-phone", whole=True)
    page.get_by_label("Greeting").fill("Blue Spoon, good day.")
    page.locator(".heard-said", has_text="Blue Spoon, good day. Enter the ten").wait_for()
    if can_speak():
        listen = page.get_by_role("link", name="Listen: They press 2, 3 or 4.")
        listen.click()
        listen.get_by_text("Stop").wait_for()
    assert faults == []


def test_a_voicemail_plays_in_the_inbox_and_on_the_card(
    sign_in: SignIn,
    live_server: Any,
    rosa: Identity,
    voicemail: Recording,
    jo: Application,
    faults: list[str],
) -> None:
    page = sign_in(rosa)
    page.goto(f"{live_server.url}/desk/blue-spoon/follow-ups/")
    check_page(page, "voicemail-inbox")
    for address in ("follow-ups/", f"applications/{jo.reference}/call/"):
        page.goto(f"{live_server.url}/desk/blue-spoon/{address}")
        player = page.locator("audio")
        player.evaluate("player => player.play()")
        page.wait_for_function("() => document.querySelector('audio').currentTime > 0.2")
        assert player.evaluate("player => player.duration") == pytest.approx(3, abs=0.1)
        # Winding needs parts of the file.
        player.evaluate("player => { player.currentTime = 2.5 }")
        page.wait_for_function("() => document.querySelector('audio').ended")
    check_page(page, "voicemail-card", whole=True)
    page.goto(f"{live_server.url}/desk/blue-spoon/applications/{jo.reference}/#follow-ups")
    check_page(page, "voicemail-application", whole=True)
    assert faults == []

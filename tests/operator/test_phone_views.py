"""The demo's telephone: only in the demo, and the same webhook as a real one's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, FollowUp, Recording
from sincerely.hiring.phone_line import set_up_line
from sincerely.hiring.pins import issue_pin
from sincerely.inbound.voice.jobs import fetch_recording
from sincerely.kernel.ids import uuid7
from sincerely.operator.phone_calls import hum, recorded
from tests.plugins.browser import check_page

NUMBER = "+12125550143"


@pytest.fixture
def demo(settings: LazySettings, tmp_path: Path) -> None:
    settings.DEMO, settings.HOME = True, tmp_path
    settings.VOICE_AUTH_TOKENS, settings.VOICE_TRANSCRIBE = ["demo"], True


@pytest.fixture
def line(demo: None, diner: Employer) -> None:
    with diner.scope():
        set_up_line(diner, number=NUMBER, greeting="Good day.", is_on=True, by="Ada")


def test_outside_of_the_demo_there_is_no_telephone(client: Client, db: None) -> None:
    assert client.get("/phone/").status_code == 404
    assert client.post("/phone/", {"dial": NUMBER}).status_code == 404
    assert client.get("/phone/recordings/RE1/").status_code == 404


def test_without_a_line_it_says_how_to_get_one(client: Client, demo: None, db: None) -> None:
    assert "No employer has a line yet" in client.get("/phone/").content.decode()


def test_the_number_of_each_line_can_be_called(client: Client, line: None) -> None:
    page = client.get("/phone/").content.decode()
    assert "Blue Spoon Diner" in page
    assert "Call +1 212-555-0143" in page


def test_a_call_that_was_tampered_with_begins_anew(client: Client, line: None) -> None:
    assert client.post("/phone/", {"call": "nonsense", "key": "1"})["Location"] == "/phone/"


@pytest.mark.parametrize("name", ["RE../secret-key", "..", "RE", "RE1", "secret-key"])
def test_no_other_file_is_a_recording(demo: None, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret-key").write_text("secret")
    assert recorded(name) is None


def test_where_no_voice_is_installed_there_is_a_hum() -> None:
    assert hum(1)[:4] == b"RIFF"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_whole_call_with_the_keys_of_the_page(
    new_context: Callable[..., Any],
    live_server: Any,
    line: None,
    jo: Application,
    settings: Any,
    with_scripts: bool,
) -> None:
    settings.VOICE_RECORDING_ORIGINS = [live_server.url.replace("localhost", "127.0.0.1")]
    with jo.employer.scope():
        pin = issue_pin(jo, key=uuid7(), by="Rosa")
    page: Page = new_context(java_script_enabled=with_scripts).new_page()
    page.goto(f"{live_server.url}/phone/")
    if with_scripts:
        check_page(page, "demo-phone")
    page.get_by_role("button", name="Call +1").click()
    page.get_by_text("Good day.").wait_for()
    for digit in (*jo.reference, *pin):
        page.get_by_role("button", name=digit, exact=True).click()
        page.wait_for_load_state()
    page.get_by_text("Your application for Line cook arrived on").wait_for()
    if with_scripts:
        check_page(page, "demo-phone-status")
    page.get_by_role("button", name="3", exact=True).click()
    page.get_by_label("Your message").fill("Is there a lift?")
    page.get_by_role("button", name="Speak, then press #").click()
    page.get_by_text("The call is over.").wait_for()
    with jo.employer.scope():
        recording = Recording.objects.get()
        assert FollowUp.objects.get().topic == "adjustment"
    assert recording.transcript == "Is there a lift?"
    fetch_recording(str(recording.employer_id), str(recording.pk))
    with jo.employer.scope():
        assert Recording.objects.get().state == Recording.State.KEPT

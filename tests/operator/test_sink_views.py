from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from sincerely.outbox.sink.maildir import Maildir

MAIL = (
    b"From: Blue Spoon Diner <no-reply@localhost>\r\nTo: Jo <jo@example.org>\r\n"
    b"Subject: We have =?utf-8?q?it_=E2=9C=93?=\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain\r\n\r\nPlain <b>words</b> https://example.org/a/1\r\n"
    b"--x\r\nContent-Type: text/html\r\n\r\n<html><head></head><body><script>alert(1)</script>"
    b"<p>Rich words</p></body></html>\r\n--x--\r\n"
)


@pytest.fixture
def name(settings: LazySettings, tmp_path: Path) -> str:
    settings.DEMO, settings.SINK_FOLDER = True, tmp_path
    return Maildir(tmp_path).keep(
        MAIL, sender="token@bounces.localhost", recipient="jo@example.org"
    )


def test_the_sink_lists_what_was_delivered(client: Client, name: str) -> None:
    page = client.get("/sink/").content.decode()
    assert "We have it ✓" in page
    assert "jo@example.org" in page
    assert reverse("sink_mail", kwargs={"name": name}) in page


def test_an_empty_sink_says_so(client: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.DEMO, settings.SINK_FOLDER = True, tmp_path / "nothing"
    assert "No mail yet" in client.get("/sink/").content.decode()


def test_a_mail_shows_its_text_headers_and_envelope(client: Client, name: str) -> None:
    page = client.get(f"/sink/{name}/").content.decode()
    assert "Plain &lt;b&gt;words&lt;/b&gt;" in page
    assert 'href="https://example.org/a/1"' in page
    assert "token@bounces.localhost" in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "Rich words" not in page


def test_the_html_part_can_run_and_load_nothing(client: Client, name: str) -> None:
    answer = client.get(f"/sink/{name}/html/")
    assert "Rich words" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_the_raw_mail_is_shown_as_text(client: Client, name: str) -> None:
    answer = client.get(f"/sink/{name}/raw/")
    assert answer.content.endswith(MAIL)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("part", ["", "html/", "raw/"])
def test_an_unknown_mail_is_not_found(client: Client, name: str, part: str) -> None:
    assert client.get(f"/sink/{name[:-6]}9.sink/{part}").status_code == 404


def test_outside_of_the_demo_there_is_no_sink(
    client: Client, name: str, settings: LazySettings
) -> None:
    settings.DEMO = False
    for address in ("/sink/", f"/sink/{name}/", f"/sink/{name}/html/", f"/sink/{name}/raw/"):
        assert client.get(address).status_code == 404


def test_the_sink_changes_nothing(client: Client, name: str) -> None:
    assert client.post("/sink/").status_code == 405

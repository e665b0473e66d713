"""A voicemail of the phone line at the desk: where it shows, who hears it, and how it is played."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from sincerely.documents.models import Document
from sincerely.hiring.asking import ask
from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.models import Application, Job, Recording
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from tests.desk.conftest import text_of
from tests.inbound.voice.conftest import NUMBER, sound

LEFT = Left(
    call="CA1", sid="RE1", number=NUMBER, account="AC0", address="https://x.example", seconds=42
)


@pytest.fixture
def voicemail(jo: Application) -> Recording:
    """Jo's message, which has been fetched."""
    with jo.employer.scope(), clock_at(clock.now() + dt.timedelta(days=10)):
        recording, _ = hear_voicemail(jo, LEFT)
        given = {"name": "voicemail.wav", "kind": "wav"}
        recording.keep(Document.objects.receive(ContentFile(sound()), **given))
        recording.write_down("Is there a <night> shift?")
    return recording


@pytest.fixture
def address(voicemail: Recording, jo: Application, page_of: Callable[..., str]) -> str:
    return page_of(jo, "recording", recording_id=voicemail.pk)


@pytest.mark.parametrize("page", ["call_card", "application"])
def test_rosa_can_listen_to_it_on_the_card_and_on_the_page(
    at_rosas_desk: Client, jo: Application, address: str, page_of: Any, page: str
) -> None:
    text = text_of(at_rosas_desk.get(page_of(jo, page)))
    assert f'src="{address}"' in text
    assert "Voicemail, 42 seconds" in text
    assert "Is there a &lt;night&gt; shift?" in text


def test_it_stands_in_the_inbox_and_in_the_box_where_it_is_answered(
    at_rosas_desk: Client, voicemail: Recording, address: str
) -> None:
    inbox = "/desk/blue-spoon/follow-ups/"
    for page in (inbox, f"{inbox}{voicemail.follow_up_id}/", f"{inbox}focus/"):
        text = text_of(at_rosas_desk.get(page))
        assert f'src="{address}"' in text
        assert "They wrote nothing more" not in text


def test_hugo_neither_sees_nor_hears_it(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, address: str, page_of: Any
) -> None:
    assert at_hugos_desk.get(address).status_code == 404
    for page in ("call_card", "application"):
        text = text_of(at_hugos_desk.get(page_of(jo, page)))
        assert "night" not in text
        assert "phone line" not in text


def test_a_recording_of_somebody_else_is_not_found_under_this_name(
    at_rosas_desk: Client, cook: Job, voicemail: Recording, apply: Any, page_of: Any
) -> None:
    other = apply(cook, name="Lee", email="lee@example.org")
    address = page_of(other, "recording", recording_id=voicemail.pk)
    assert at_rosas_desk.get(address).status_code == 404


def test_what_is_on_its_way_and_what_is_lost_say_so(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        recording, _ = hear_voicemail(jo, LEFT)
    assert "on its way" in text_of(at_rosas_desk.get(page_of(jo)))
    assert at_rosas_desk.get(page_of(jo, "recording", recording_id=recording.pk)).status_code == 404
    with jo.employer.scope():
        recording.lose("it is larger than 10 bytes")
    assert "There is no recording: it is larger" in text_of(at_rosas_desk.get(page_of(jo)))


# ── playing ──────────────────────────────────────────────────────────────────────────────────────


def test_the_whole_is_sent_as_a_sound_and_as_nothing_else(
    at_rosas_desk: Client, address: str, jo: Application
) -> None:
    answer = at_rosas_desk.get(address)
    assert answer.content == sound()
    assert answer["Content-Type"] == "audio/wav"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"] == f'inline; filename="voicemail-{jo.reference}.wav"'
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-", 206, sound()),
        ("bytes=0-1", 206, sound()[:2]),
        ("bytes=10-19", 206, sound()[10:20]),
        ("bytes=-5", 206, sound()[-5:]),
        ("bytes=10-999999999", 206, sound()[10:]),
        ("bytes=-999999999", 206, sound()),
        ("bytes=999999999-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=5-2", 200, sound()),
        ("bytes=0-1,4-5", 200, sound()),
        ("bytes=-", 200, sound()),
        ("lines=1-2", 200, sound()),
        ("bytes=" + "9" * 400 + "-", 200, sound()),
    ],
)
def test_a_player_may_ask_for_a_part(
    at_rosas_desk: Client, address: str, asked: str, status: int, part: bytes
) -> None:
    answer = at_rosas_desk.get(address, headers={"Range": asked})
    assert answer.status_code == status
    assert answer.content == part
    if status == 206:
        first = sound().index(part) if len(part) > 40 or asked == "bytes=0-1" else None
        told = answer["Content-Range"]
        assert told.endswith(f"/{len(sound())}")
        assert first is None or told.startswith(f"bytes {first}-")


def test_a_file_that_is_gone_is_not_found(
    at_rosas_desk: Client, voicemail: Recording, address: str
) -> None:
    with voicemail.employer.scope():
        Document.objects.update(path="nowhere/at/all")
    assert at_rosas_desk.get(address).status_code == 404


def test_what_is_added_by_phone_to_what_was_written_stands_below_it(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    with jo.employer.scope():
        asked = ask(jo, Topic.ADJUSTMENT, text="Is there a lift?")
        recording, _ = hear_voicemail(jo, LEFT, Topic.ADJUSTMENT)
        assert recording.follow_up == asked
    for page in ("/desk/blue-spoon/follow-ups/", page_of(jo), page_of(jo, "call_card")):
        assert "Voicemail, 42 seconds" in text_of(at_rosas_desk.get(page))
    assert "Is there a lift?" in text_of(at_rosas_desk.get("/desk/blue-spoon/follow-ups/"))

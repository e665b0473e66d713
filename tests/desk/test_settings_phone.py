from __future__ import annotations

import wave
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, LineNumber, PhoneLine
from sincerely.hiring.phone_line import free_number, set_up_line
from sincerely.inbound.voice import spoken
from sincerely.inbound.voice.prompts import greeting
from tests.desk.conftest import signed_in, text_of

SETTINGS = "/desk/blue-spoon/settings/phone/"
TYPED = {"number": "(212) 555-0142", "greeting": "Spoon & Fork here.", "is_on": "on"}
needs_espeak = pytest.mark.skipif(not spoken.can_speak(), reason="espeak-ng is not installed")


@pytest.fixture
def at_adas_desk(ada: Identity) -> Client:
    return signed_in(ada)


def line_of(employer: Employer) -> PhoneLine:
    with employer.scope():
        row: PhoneLine = PhoneLine.objects.get()
    return row


def test_ada_switches_the_line_on(at_adas_desk: Client, diner: Employer) -> None:
    answer = at_adas_desk.post(SETTINGS, TYPED, follow=True)
    assert "Saved. The line is on." in text_of(answer)
    line = line_of(diner)
    assert (line.number, line.greeting, line.is_on) == ("+12125550142", "Spoon & Fork here.", True)
    assert LineNumber.objects.get().employer_key == diner.pk
    assert "Spoon &amp; Fork here. Enter the ten digits" in text_of(answer)


def test_rosa_cannot(at_rosas_desk: Client) -> None:
    assert at_rosas_desk.get(SETTINGS).status_code == 404
    assert at_rosas_desk.post(SETTINGS, TYPED).status_code == 404
    assert not LineNumber.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": ""}, "A line that is on needs a number."),
        ({"number": "call me"}, "write the number in digits"),
        ({"number": "12"}, "We cannot read this as a phone number"),
        ({"greeting": "x" * 401}, "yours has 401"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    at_adas_desk: Client, changed: dict[str, str], said: str
) -> None:
    page = text_of(at_adas_desk.post(SETTINGS, TYPED | changed))
    assert said in page
    assert "Spoon &amp; Fork" in page or "xxx" in page
    assert not LineNumber.objects.exists()


def test_a_number_of_another_employer_cannot_be_taken(
    at_adas_desk: Client, diner: Employer, hospital: Employer
) -> None:
    with hospital.scope():
        set_up_line(hospital, number="+12125550142", greeting="", is_on=True, by="Mallory")
    page = text_of(at_adas_desk.post(SETTINGS, TYPED))
    assert "Another employer has this number. If it is yours, tell support." in page
    assert LineNumber.objects.get().employer_key == hospital.pk
    assert free_number("+12125550142")
    assert "The line is on" in text_of(at_adas_desk.post(SETTINGS, TYPED, follow=True))
    assert not line_of(hospital).is_on


def test_a_number_that_is_changed_is_free_for_others(at_adas_desk: Client, diner: Employer) -> None:
    at_adas_desk.post(SETTINGS, TYPED)
    at_adas_desk.post(SETTINGS, TYPED | {"number": "(212) 555-0143"})
    assert [row.number for row in LineNumber.objects.all()] == ["+12125550143"]
    at_adas_desk.post(SETTINGS, {"number": ""})
    assert not LineNumber.objects.exists()


def test_every_word_of_a_call_stands_there_before_anybody_applied(at_adas_desk: Client) -> None:
    page = text_of(at_adas_desk.get(SETTINGS))
    for words in ("Enter the ten digits", "Now the six digits", "press 2", "Speak after the tone"):
        assert words in page
    assert "It is at: " in page


def test_and_the_sentence_of_the_newest_applicant_afterwards(
    at_adas_desk: Client, jo: Application
) -> None:
    page = text_of(at_adas_desk.get(SETTINGS))
    assert "Your application for Line cook arrived on" in page
    assert jo.name not in page


def test_a_greeting_is_shown_as_it_is_typed_and_saved_by_nobody(
    at_adas_desk: Client, diner: Employer
) -> None:
    page = text_of(at_adas_desk.post(SETTINGS + "preview/", {"greeting": "<b>Hi</b>"}))
    assert "&lt;b&gt;Hi&lt;/b&gt; Enter the ten digits" in page
    with diner.scope():
        assert not PhoneLine.objects.exists()


def test_a_number_without_its_key_is_warned_of(
    at_adas_desk: Client, diner: Employer, settings: Any
) -> None:
    settings.VOICE_AUTH_TOKENS = []
    assert "Calls are refused" not in text_of(at_adas_desk.get(SETTINGS))
    answer = at_adas_desk.post(SETTINGS, TYPED, follow=True)
    assert "Calls are refused until" in text_of(answer)
    settings.VOICE_AUTH_TOKEN_OF = {"+12125550142": "secret"}
    page = text_of(at_adas_desk.get(SETTINGS))
    assert "Calls are refused" not in page
    assert "secret" not in page


def test_our_own_greeting_names_the_employer(diner: Employer) -> None:
    assert "This is Blue Spoon Diner." in greeting(diner, PhoneLine(employer=diner))


# ── read aloud ───────────────────────────────────────────────────────────────────────────────────


@needs_espeak
def test_each_part_can_be_listened_to(at_adas_desk: Client, diner: Employer) -> None:
    answer = at_adas_desk.get(SETTINGS + "greeting/")
    assert answer["Content-Type"] == "audio/wav"
    with wave.open(BytesIO(answer.content)) as sound:
        assert sound.getnframes() / sound.getframerate() > 2
    assert at_adas_desk.get(SETTINGS + "nothing/").status_code == 404


def test_without_espeak_there_is_nothing_to_press(
    at_adas_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken.shutil, "which", lambda name: None)
    assert "Listen" not in text_of(at_adas_desk.get(SETTINGS))
    assert at_adas_desk.get(SETTINGS + "greeting/").status_code == 404


@needs_espeak
@pytest.mark.parametrize("text", ["-v en; rm -rf /", "\0\n" * 100, "مرحبا", "x" * 100_000])
def test_whatever_is_read_aloud_is_only_read(text: str) -> None:
    assert spoken.speak(text, "en-GB")[:4] == b"RIFF"


@needs_espeak
def test_who_listens_all_day_hears_nothing_any_more(
    at_adas_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sincerely.desk.settings_phone.speak", lambda *_: b"RIFF")
    answers = [at_adas_desk.get(SETTINGS + "pin/").status_code for _ in range(61)]
    assert (answers[59], answers[60]) == (200, 404)

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from sincerely.inbound.voice.twiml import Gather, Record, Redirect, write


def read(*verbs: Any, language: str = "en-US") -> Any:
    return fromstring(write(list(verbs), language=language))  # noqa: S314 - our own


def test_texts_are_said_and_the_call_ends_after_the_last() -> None:
    root = read("One.", "Two.", language="en-GB")
    assert [each.tag for each in root] == ["Say", "Say", "Hangup"]
    assert root[0].attrib == {"language": "en-GB"}


def test_keys_are_gathered_under_what_is_said_and_their_lack_leads_on() -> None:
    keys = Gather(texts=("Press.",), action="https://x.example/?k=1&l=2", digits=6)
    root = read(keys, Redirect("https://x.example/again"))
    assert [each.tag for each in root] == ["Gather", "Redirect"]
    assert root[0].attrib["action"] == "https://x.example/?k=1&l=2"
    assert root[0].attrib["numDigits"] == "6"
    assert root[0][0].text == "Press."


@pytest.mark.parametrize("transcript", ["", "https://x.example/t"])
def test_a_transcript_is_asked_for_only_where_it_is_wanted(transcript: str) -> None:
    record = Record(action="a", ready="r", transcript=transcript, longest=120)
    root = read(record, "Nothing.")
    assert root[0].attrib["maxLength"] == "120"
    assert ("transcribe" in root[0].attrib) == bool(transcript)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("مقهى & <b>Söhne</b> “\N{SPOON}”", "مقهى & <b>Söhne</b> “\N{SPOON}”"),
        ("a\x00\x0b\ud800\uffffb", "ab"),
        ("x" * 10_000, "x" * 3_000),
    ],
)
def test_whatever_is_said_is_xml(text: str, said: str) -> None:
    assert read(text)[0].text == said

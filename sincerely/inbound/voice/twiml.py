"""Writes TwiML, the XML in which a telephony provider is told what to do. Pure.

The verbs that we need are six, so no library: docs/decisions/0057-the-phone-line.md. Reference:
Twilio's "TwiML for Programmable Voice".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

# What XML 1.0 cannot carry at all, not even escaped.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_SAY = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """Say `texts`, and send up to `digits` keys to `action`; nothing pressed within `seconds`
    leads on to the verb after it."""

    texts: tuple[str, ...]
    action: str
    digits: int
    seconds: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Record up to `longest` seconds and send where it lies to `action`; the same, once it is
    ready to be fetched, to `ready`, and what a machine understood to `transcript`, if given."""

    action: str
    ready: str
    transcript: str = ""
    longest: int
    silence: int = 5


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with what `address` answers."""

    address: str


Verb = str | Gather | Record | Redirect
"""A plain text is said."""


def write(verbs: list[Verb], *, language: str) -> bytes:
    """The document; the call ends after the last verb. `language` is of BCP 47, such as `en-GB`."""
    root = Element("Response")
    for verb in verbs:
        _add(root, verb, language)
    if not isinstance(verbs[-1], Redirect):
        SubElement(root, "Hangup")
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _add(root: Element, verb: Verb, language: str) -> None:
    match verb:
        case str(text):
            _say(root, text, language)
        case Redirect(address):
            SubElement(root, "Redirect", method="POST").text = address
        case Gather():
            gather = SubElement(
                root,
                "Gather",
                input="dtmf",
                numDigits=str(verb.digits),
                timeout=str(verb.seconds),
                finishOnKey="#",
                action=verb.action,
                method="POST",
            )
            for text in verb.texts:
                _say(gather, text, language)
        case Record():
            _record(root, verb)


def _say(parent: Element, text: str, language: str) -> None:
    SubElement(parent, "Say", language=language).text = _NOT_XML.sub("", text)[:LONGEST_SAY]


def _record(root: Element, verb: Record) -> None:
    record = SubElement(
        root,
        "Record",
        action=verb.action,
        method="POST",
        maxLength=str(verb.longest),
        timeout=str(verb.silence),
        finishOnKey="#",
        playBeep="true",
        recordingStatusCallback=verb.ready,
        recordingStatusCallbackMethod="POST",
    )
    if verb.transcript:
        record.attrib |= {"transcribe": "true", "transcribeCallback": verb.transcript}

"""Inquiries as the tests of the advice page send them, and what its answers show."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from tests.careers.conftest import text_of

SENT = {
    "sent": "sent",
    "day": "2026-11-10",
    "news": "receipt",
    "promised": "",
    "asked": "",
    "vouch": "no",
    "says": "nothing",
}
FAILED = {"sent": "failed", "day": "2026-12-02", "support": "not_asked", "steps": "no"}
HERE = {key: answer for key, answer in SENT.items() if key != "says"} | {"at": "blue-spoon"}


def ask(visitor: Client, answers: dict[str, str] | None = None, **changed: str) -> HttpResponse:
    return visitor.get("/advice/", {**(answers or {}), **changed})


def shown(response: HttpResponse) -> str:
    """What who has scripts sees: without the form that asks all at once."""
    return re.sub(r"<noscript>.*?</noscript>", "", text_of(response))


def word(response: HttpResponse) -> str:
    """The verdict in one line."""
    found = re.search(r'class="verdict-word".*?<span>(.*?)</span>', text_of(response))
    assert found, "no verdict"
    return found[1]


def links(response: HttpResponse) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]*)"', text_of(response))]


def hidden(response: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown(response)))

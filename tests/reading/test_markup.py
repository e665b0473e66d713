from __future__ import annotations

from collections.abc import Mapping

import pytest

from sincerely.reading.markup import Enough, MarkupRefused, walk
from sincerely.reading.problems import Problem


class Heard:
    def __init__(self, limit: int = 1_000_000) -> None:
        self.events: list[str] = []
        self.limit = limit

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.events.append(f"<{name}{''.join(attributes)}>")

    def end(self, name: str) -> None:
        self.events.append(f"</{name}>")

    def text(self, data: str) -> None:
        self.events.append(data)
        if len(self.events) > self.limit:
            raise Enough


def test_names_come_without_their_namespace() -> None:
    heard = Heard()
    walk([b'<w:p xmlns:w="urn:w" w:a="1">', b"Jo</w:p>"], heard)
    assert heard.events == ["<pa>", "Jo", "</p>"]


@pytest.mark.parametrize(
    ("xml", "problem"),
    [
        (b"<p>", Problem.CORRUPT),
        (b"", Problem.CORRUPT),
        (b'<?xml version="1.0" encoding="no-such"?><p/>', Problem.CORRUPT),
        (b"<!DOCTYPE p><p/>", Problem.TOO_COMPLEX),
        (b'<!DOCTYPE p SYSTEM "file:///etc/passwd"><p/>', Problem.TOO_COMPLEX),
        (b"<p>" * 401 + b"</p>" * 401, Problem.TOO_COMPLEX),
    ],
)
def test_broken_or_hostile_markup_is_refused(xml: bytes, problem: Problem) -> None:
    with pytest.raises(MarkupRefused) as refusal:
        walk([xml], Heard())
    assert refusal.value.problem is problem


def test_a_listener_that_has_enough_ends_the_walk() -> None:
    heard = Heard(limit=1)
    walk([b"<p>Jo</p><not closed"], heard)
    assert heard.events == ["<p>", "Jo"]

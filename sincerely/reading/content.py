"""What a format's reader hands over, before it is tidied: text, links and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from sincerely.reading.limits import MAX_CHARACTERS, MAX_LINKS
from sincerely.reading.problems import Problem


class Unreadable(Exception):
    """A reader gives up on a document; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass
class Content:
    """Collects pieces of text up to MAX_CHARACTERS and links up to MAX_LINKS."""

    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    characters: int = 0
    truncated: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, piece: str) -> bool:
        """Keep a piece of text. False once the document is full, so that a reader may stop."""
        room = MAX_CHARACTERS - self.characters
        if len(piece) > room:
            piece = piece[:room]
            self.truncated = True
        self.pieces.append(piece)
        self.characters += len(piece)
        return self.characters < MAX_CHARACTERS

    def add_link(self, address: str) -> None:
        """Keep a web or mail address once."""
        address = address.strip()
        wanted = address.lower().startswith(("http://", "https://", "mailto:", "tel:"))
        room = len(self.links) < MAX_LINKS and len(address) <= 500
        if wanted and room and address not in self.links:
            self.links.append(address)

"""Streams XML from strangers: no tree in memory, no entities, no deep nesting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from sincerely.reading.limits import MAX_XML_DEPTH
from sincerely.reading.problems import Problem


class MarkupRefused(Exception):
    """The XML is broken or hostile; `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class Enough(Exception):
    """Raised by a listener that has all it wants; ends the walk quietly."""


class Listener(Protocol):
    """What `walk` calls. Names come without their namespace: "p", not "w:p"."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def walk(chunks: Iterable[bytes], listener: Listener) -> None:
    """Feed the XML to the listener. Raises MarkupRefused.

    A document type is refused outright: office formats have none, and without one there are
    no entities to expand.
    """
    parser = _Guard(listener).parser
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except Enough:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise MarkupRefused(Problem.CORRUPT) from error


class _Guard:
    """Counts depth and strips namespaces between expat and a listener."""

    def __init__(self, listener: Listener) -> None:
        self.depth = 0
        self.listener = listener
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = listener.text

    def refuse_document_type(self, *_: object) -> None:
        raise MarkupRefused(Problem.TOO_COMPLEX)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_XML_DEPTH:
            raise MarkupRefused(Problem.TOO_COMPLEX)
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self.listener.start(name.rpartition(" ")[2], plain)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.listener.end(name.rpartition(" ")[2])

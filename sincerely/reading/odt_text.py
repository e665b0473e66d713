"""Text of an ODT: page headers and footers, then the body with tables and frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from sincerely.reading.archive import member_chunks, open_archive
from sincerely.reading.content import Content, Unreadable
from sincerely.reading.markup import Enough, walk
from sincerely.reading.problems import Problem

_LONGEST_GAP = 40  # one element may claim a billion spaces
# What reviewers struck out or remarked is not what the applicant says.
_SKIPPED = {"tracked-changes", "annotation", "note-citation", "title", "desc"}


def read_odt(file: BinaryIO) -> Content:
    """The text and the web addresses. Raises ArchiveRefused, MarkupRefused or Unreadable."""
    content = Content()
    with open_archive(file) as archive:
        manifest = b"".join(member_chunks(archive, "META-INF/manifest.xml"))
        if b"encryption-data" in manifest:
            raise Unreadable(Problem.ENCRYPTED)
        for name, region in (("styles.xml", "master-styles"), ("content.xml", "body")):
            if name in archive.NameToInfo:
                walk(member_chunks(archive, name), _Words(content, region))
    return content


class _Words:
    """Hears the paragraphs inside one region of the file."""

    def __init__(self, content: Content, region: str) -> None:
        self.content = content
        self.region = region
        self.inside_region = False
        self.paragraphs = 0
        self.skipped = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == self.region:
            self.inside_region = True
        elif name in _SKIPPED:
            self.skipped += 1
        elif name in {"p", "h"}:
            if self.paragraphs:  # a frame inside a paragraph
                self._add("\n")
            self.paragraphs += 1
        elif name == "tab":
            self._add("\t")
        elif name == "line-break":
            self._add("\n")
        elif name == "s":
            count = attributes.get("c", "1")
            self._add(" " * min(int(count) if count.isdecimal() else 1, _LONGEST_GAP))
        elif name == "a" and self.inside_region:
            self.content.add_link(attributes.get("href", ""))

    def end(self, name: str) -> None:
        if name == self.region:
            self.inside_region = False
        elif name in _SKIPPED:
            self.skipped -= 1
        elif name in {"p", "h"}:
            self._add("\n")
            self.paragraphs -= 1

    def text(self, data: str) -> None:
        self._add(data)

    def _add(self, piece: str) -> None:
        wanted = self.inside_region and self.paragraphs and not self.skipped
        if wanted and not self.content.add(piece):
            raise Enough

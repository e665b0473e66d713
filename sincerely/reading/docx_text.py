"""Text of a DOCX: headers, body with tables and text boxes, footers, notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from sincerely.reading.archive import member_chunks, open_archive
from sincerely.reading.content import Content
from sincerely.reading.markup import Enough, walk

# In reading order: contact details often stand in the header.
_PARTS = ("header", "document", "footnotes", "endnotes", "footer")
_PART_NAME = re.compile(r"word/(header|document|footnotes|endnotes|footer)(\d{0,3})\.xml")
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "txbxContent": "\n"}


def read_docx(file: BinaryIO) -> Content:
    """The text and the web addresses. Raises ArchiveRefused or MarkupRefused."""
    content = Content()
    with open_archive(file) as archive:
        seen: set[str] = set()
        for name in _parts(archive):
            text = _part_text(archive, name, content)
            # A first page has a header of its own, most often with the same words.
            if text not in seen and not content.add(text + "\n"):
                break
            seen.add(text)
        for name in ("word/_rels/document.xml.rels", "word/_rels/header1.xml.rels"):
            walk_if_there(archive, name, _Relationships(content))
    return content


def walk_if_there(archive: zipfile.ZipFile, name: str, listener: _Relationships | _Words) -> None:
    """Walk one member of the archive; quietly nothing when there is none of this name."""
    if name in archive.NameToInfo:
        walk(member_chunks(archive, name), listener)


def _parts(archive: zipfile.ZipFile) -> list[str]:
    found = [match for name in archive.namelist() if (match := _PART_NAME.fullmatch(name))]
    found.sort(key=lambda match: (_PARTS.index(match[1]), int(match[2] or 0)))
    return [match[0] for match in found][:40]


def _part_text(archive: zipfile.ZipFile, name: str, content: Content) -> str:
    words = _Words(Content(characters=content.characters))
    walk_if_there(archive, name, words)
    content.truncated |= words.content.truncated
    return words.content.text


class _Words:
    """Hears the runs of text. Deleted text and field codes have other names and stay out."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.inside_text = False
        self.fallback_depth = 0  # the old drawing beside a new one says everything twice

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Fallback":
            self.fallback_depth += 1
        elif name == "t":
            self.inside_text = True
        elif name in _BREAKS:
            self._add(_BREAKS[name])

    def end(self, name: str) -> None:
        if name == "Fallback":
            self.fallback_depth -= 1
        elif name == "t":
            self.inside_text = False
        elif name == "p":
            self._add("\n")

    def text(self, data: str) -> None:
        if self.inside_text:
            self._add(data)

    def _add(self, piece: str) -> None:
        if not self.fallback_depth and not self.content.add(piece):
            raise Enough


class _Relationships:
    """Hears where the document's hyperlinks lead."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith("/hyperlink"):
            self.content.add_link(attributes.get("Target", ""))

    def end(self, name: str) -> None:
        """Relationships hold no text."""

    def text(self, data: str) -> None:
        """Relationships hold no text."""

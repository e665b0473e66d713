"""Reads the text of an uploaded resume, whatever its format."""

from __future__ import annotations

import io
from collections.abc import Callable

from sincerely.reading.archive import ArchiveRefused
from sincerely.reading.content import Content, Unreadable
from sincerely.reading.docx_text import read_docx
from sincerely.reading.html_text import read_html
from sincerely.reading.kind import kind_of
from sincerely.reading.markup import MarkupRefused
from sincerely.reading.odt_text import read_odt
from sincerely.reading.pdf_text import read_pdf
from sincerely.reading.plain_text import read_plain
from sincerely.reading.problems import Problem
from sincerely.reading.resume_text import ResumeText, tidy
from sincerely.reading.rtf_text import read_rtf

_READERS: dict[str, Callable[[bytes], Content]] = {
    "pdf": read_pdf,
    "docx": lambda data: read_docx(io.BytesIO(data)),
    "odt": lambda data: read_odt(io.BytesIO(data)),
    "rtf": read_rtf,
    "txt": read_plain,
    "html": read_html,
}


def read_text(data: bytes, name: str) -> ResumeText:
    """The text of a document with this content and file name. Never raises for bad data.

    Not safe against crashes and endless work by itself: run it through documents.sandbox.
    """
    kind = kind_of(io.BytesIO(data), name)
    if kind.problem:
        return ResumeText("", kind.problem)
    try:
        content = _READERS[kind.name](data)
    except (ArchiveRefused, MarkupRefused, Unreadable) as refusal:
        return ResumeText("", refusal.problem, kind.name)
    except RecursionError:
        return ResumeText("", Problem.TOO_COMPLEX, kind.name)
    except MemoryError:
        return ResumeText("", Problem.UNPACKS_TOO_LARGE, kind.name)
    text = tidy(content.text)
    links = tuple(tidy(link) for link in content.links)
    problem = "" if text else Problem.NO_TEXT
    return ResumeText(text, problem, kind.name, links, content.truncated)

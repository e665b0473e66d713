"""What a document's text looks like once it has been read, and how it is made tidy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sincerely.reading.problems import Problem


@dataclass(frozen=True)
class ResumeText:
    """What could be read of one document.

    `problem` is empty or the value of a Problem; `text` is tidy: no control characters, lone
    surrogates or runs of blank lines, so that it can be stored and searched as it is.
    """

    text: str
    problem: str = ""
    kind: str = "refused"
    links: tuple[str, ...] = ()
    truncated: bool = False
    resume: Mapping[str, Any] = field(default_factory=dict)
    """JSON Resume of the text, where the caller asked for it (the sandbox always does)."""

    @property
    def sentence(self) -> str:
        """Why the text is missing, for a person; empty when it is there."""
        return Problem(self.problem).sentence if self.problem else ""


# TeX fonts without a Unicode table leave their ligatures at these codes.
_TEX_LIGATURES = {0x1B: "ff", 0x1C: "fi", 0x1D: "fl", 0x1E: "ffi", 0x1F: "ffl"}
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_SPACES = dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), " ")
_LINE_ENDS = {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF), None)
_REPLACED = {**_LIGATURES, **_SPACES, **_LINE_ENDS, **_INVISIBLE}
_TEX_LIGATURE = re.compile(r"[\x1b-\x1f](?=[a-z])|(?<=[A-Za-z])[\x1b-\x1f]")
_DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ue000-\uf8ff]")


def tidy(text: str) -> str:
    """Text that PostgreSQL, JSON and a reader accept; see ResumeText."""
    text = _TEX_LIGATURE.sub(lambda match: _TEX_LIGATURES[ord(match[0])], text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_REPLACED)
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    lines = [re.sub(r"[ \t]*\t[ \t]*", "\t", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

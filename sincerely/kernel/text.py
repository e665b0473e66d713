"""Text that strangers typed, made fit to be stored and shown. Pure."""

from __future__ import annotations

import re
import unicodedata

# Controls, marks and overrides of direction (they make a name or a file's ending read backwards),
# line and paragraph separators, halves of surrogate pairs. Joiners stay, which Persian and emoji
# need.
_HARMFUL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_VISIBLE = frozenset("LNPSM")


def one_line(text: str) -> str:
    """`text` on one line: no controls, no marks of direction, single spaces; NFC.

    Empty when nothing of it can be seen.
    """
    words = _HARMFUL.sub("", text).replace("\u2028", " ").replace("\u2029", " ").split()
    return _if_visible(unicodedata.normalize("NFC", " ".join(words)))


def some_lines(text: str) -> str:
    """`text` with its line ends kept (as \\n), at most one empty line between; NFC."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _HARMFUL.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return _if_visible(unicodedata.normalize("NFC", text))


def plain_digits(text: str) -> str:
    """`text` with the digits of every script as 0 to 9: a keyboard may write `٤٨٢` or `４８２`."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _if_visible(text: str) -> str:
    seen = any(unicodedata.category(sign)[0] in _VISIBLE for sign in text)
    return text if seen else ""

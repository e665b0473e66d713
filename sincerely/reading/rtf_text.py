"""Text of an RTF, through striprtf."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from sincerely.reading.content import Content, Unreadable
from sincerely.reading.problems import Problem

_PICTURE_BYTES = re.compile(rb"[0-9a-fA-F\s]{400,}")
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"\\\s]{1,500})"')
_MAX_BYTES = 4 * 1024 * 1024


def read_rtf(data: bytes) -> Content:
    """The text. Raises Unreadable."""
    # Pictures are endless hexadecimal digits; without them the parser has a tenth to do.
    lean = _PICTURE_BYTES.sub(b"\n", data)
    if len(lean) > _MAX_BYTES:
        raise Unreadable(Problem.TOO_COMPLEX)
    source = lean.decode("latin-1").lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n\0")
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise Unreadable(Problem.CORRUPT) from error
    content = Content()
    content.add(text)
    for address in _ADDRESS.findall(source):
        content.add_link(address)
    return content

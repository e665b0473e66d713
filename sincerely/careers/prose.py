"""Plain text that an employer wrote, as HTML: paragraphs, lists and headings, and nothing else."""

from __future__ import annotations

import re

from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

_ITEM = re.compile(r"^\s*[-*•]\s+")
_HEADING = re.compile(r"^#{1,6}\s+")


def prose(text: str) -> SafeString:
    """`## Heading`, `- item` and blank lines between paragraphs; all else is shown as typed."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(map(_block, filter(None, blocks))))  # noqa: S308 - each is escaped


def _block(block: str) -> str:
    lines, html = block.split("\n"), []
    while lines:
        if _HEADING.match(lines[0]):
            html.append(f"<h2>{escape(_HEADING.sub('', lines.pop(0)))}</h2>")
            continue
        is_list = bool(_ITEM.match(lines[0]))
        taken = []
        while lines and bool(_ITEM.match(lines[0])) == is_list and not _HEADING.match(lines[0]):
            taken.append(_inline(_ITEM.sub("", lines.pop(0))))
        html.append(_list(taken) if is_list else f"<p>{'<br>'.join(taken)}</p>")
    return "\n".join(html)


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _inline(line: str) -> str:
    return urlize(line.strip(), nofollow=True, autoescape=True)

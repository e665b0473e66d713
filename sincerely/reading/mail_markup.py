"""The words of a mail that was written as a page, found in one pass: a parser of HTML takes minutes
on what is built to be expensive."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>|<[!?/][^<>]*>")
_UNSEEN = {"head", "script", "style", "title", "template", "noscript"}
_NEW_LINE = {
    "address", "article", "blockquote", "br", "div", "dd", "dl", "dt", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "pre", "section", "table", "td", "tr",
    "ul",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


def words_of_page(page: str) -> str:
    """The visible words; a paragraph is followed by an empty line."""
    seen: list[str] = []
    inside = ""  # the element whose content nobody sees
    before = 0
    page = _without_comments(page)
    for tag in _TAG.finditer(page):
        if not inside:
            seen.append(_SPACES.sub(" ", page[before : tag.start()].replace("\n", " ")))
        before = tag.end()
        name, ends = (tag[2] or "").lower(), bool(tag[1])
        if name == inside and ends:
            inside = ""
        elif name in _UNSEEN and not ends and not inside:
            inside = name
        elif not inside:
            seen.append(_break(name, ends=ends))
    seen.append("" if inside else page[before:])
    return _laid_out(unescape("".join(seen)))


def _without_comments(page: str) -> str:
    """What follows a comment that never ends is kept: it may be all that somebody wrote."""
    first, *rest = page.split("<!--")
    return first + "".join(part.partition("-->")[2] or part for part in rest)


def _break(name: str, *, ends: bool) -> str:
    if name == "p":
        return "\n\n" if ends else "\n"
    return "\n" if name in _NEW_LINE else ""


def _laid_out(text: str) -> str:
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()

"""Text of an HTML page, without what a browser would not show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sincerely.reading.content import Content
from sincerely.reading.plain_text import decode

_HIDDEN = {"script", "style", "template", "noscript", "title", "svg", "iframe", "object"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
# The parser looks for the end of each tag and comment anew: thousands without one take it minutes.
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def read_html(data: bytes) -> Content:
    """The visible words and the web addresses."""
    page = _Page()
    page.feed(_UNCLOSED.sub("&lt;", _COMMENT.sub("", _decode(data))))
    page.close()
    return page.content


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            pass  # a wrong declaration is common; the bytes know better
    return decode(data)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.content = Content()
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden.append(tag)
        elif tag in _BLOCKS:
            self.content.add("\n• " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self.content.add("\t")
        elif tag == "a":
            self.content.add_link(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.content.add("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.content.add(re.sub(r"\s+", " ", data))

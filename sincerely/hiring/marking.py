"""Showing where a scrap was found in a name."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sincerely.kernel.folding import fold


def marked(name: str, scrap: str) -> SafeString:
    """The name as safe HTML, with the part of each word that the scrap names in <mark>."""
    typed = sorted(fold(scrap).split(), key=len, reverse=True)
    words = [_marked_word(word, typed) for word in name.split(" ")]
    return mark_safe(" ".join(words))  # noqa: S308  (each part is escaped below)


def _marked_word(word: str, typed: list[str]) -> str:
    folded = fold(word)
    for part in typed:
        at = folded.find(part)
        # Folding may change the length (ß → ss): then the whole word is marked.
        if at >= 0 and len(folded) == len(word) and " " not in folded:
            end = at + len(part)
            return f"{escape(word[:at])}<mark>{escape(word[at:end])}</mark>{escape(word[end:])}"
        if at >= 0:
            return f"<mark>{escape(word)}</mark>"
    return escape(word)

"""Names as they are compared: without accents, case and punctuation. Pure."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
_WITHIN_A_NAME = re.compile(r"['’‘ʼ`´.]")
_BETWEEN_NAMES = re.compile(r"[\W_]+")
# Müller is typed as Muller, and as Mueller.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WRITTEN_OUT = re.compile(r"([aou])e")


def fold(text: str) -> str:
    """`Zoë O’Brien-Núñez` → `zoe obrien nunez`: words between single spaces."""
    text = unicodedata.normalize("NFKD", _WITHIN_A_NAME.sub("", text.casefold()))
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).translate(_LETTERS)
    return _BETWEEN_NAMES.sub(" ", text).strip()


def spellings(word: str) -> list[str]:
    """The ways in which one typed word may be stored, folded, the likeliest first.

    `Müller` → muller, mueller; `Mueller` → mueller, muller.
    """
    plain = fold(word)
    written_out = fold(unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS))
    return list(dict.fromkeys([plain, written_out, _WRITTEN_OUT.sub(r"\1", plain)]))


def rotations(name: str) -> list[tuple[str, str]]:
    """Each word of a name with what follows it, around the corner: `Jo Marie Smith` → (jo, marie
    smith), (marie, smith jo), (smith, jo marie). At most six words, each once."""
    words = fold(name)[:200].split()[:6]
    turned = {word: " ".join(words[at + 1 :] + words[:at]) for at, word in enumerate(words)}
    return list(turned.items())

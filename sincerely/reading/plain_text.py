"""Text of a TXT in whatever charset it was saved."""

from __future__ import annotations

import codecs
import unicodedata
from itertools import pairwise

from sincerely.reading.content import Content

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EAST_ASIAN = ("shift_jis", "gb18030", "euc_kr", "big5")
_OTHER_ALPHABETS = ("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp1250")
CHARSETS = ("utf-8", "utf-16", "cp1252", *_EAST_ASIAN, *_OTHER_ALPHABETS)
"""Everything that may be tried; the sandbox loads these before it closes the door."""

_SAMPLE_BYTES = 20_000


def read_plain(data: bytes) -> Content:
    """The decoded text; bytes that fit nowhere become replacement signs."""
    content = Content()
    content.add(decode(data))
    return content


def decode(data: bytes) -> str:
    """Text of bytes without a declared charset: marked, UTF-8, or the likeliest old one."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_likeliest_charset(data[:_SAMPLE_BYTES]), "replace")


def _likeliest_charset(sample: bytes) -> str:
    # A few accents among plain letters: Western European, by far the most common.
    letters = sum(byte > 64 for byte in sample)
    foreign = sum(byte > 127 for byte in sample)
    if foreign * 4 < letters:
        return "cp1252"
    names: tuple[str, ...] = (*_EAST_ASIAN, *_OTHER_ALPHABETS)
    if foreign * 2 < letters:  # no western language has more accents than plain letters
        names = ("cp1252", *names)
    return max(names, key=lambda name: _fit(sample, name))


def _fit(sample: bytes, charset: str) -> float:
    """How much the sample looks like words when read so: 1 is all letters of one alphabet."""
    text = sample.decode(charset, "replace")
    foreign = [character for character in text if ord(character) > 127]
    if not foreign:
        return 0.0
    # Korean is written in hangul; with many ideographs it is Chinese read wrongly.
    ideograph = 0.3 if charset == "euc_kr" else 1.0
    good = sum(_weight(character, ideograph) for character in foreign)
    # Capitals inside words betray a wrong Cyrillic table.
    odd = sum(a.islower() and b.isupper() for a, b in pairwise(text))
    return (good - 2 * odd) / len(foreign)


def _weight(character: str, ideograph: float) -> float:
    if character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cc"}:
        return -5.0
    code = ord(character)
    if 0x3040 <= code < 0x30FF or 0xAC00 <= code < 0xD7A4:  # kana and hangul are never chance
        return 1.2
    if 0xFF61 <= code < 0xFFA0:  # half-width katakana are nearly always a wrong guess
        return -1.0
    if 0x4E00 <= code < 0xA000:
        return ideograph
    return 1.0 if character.isalpha() else -0.5

"""Somebody's own draft, read as a recruiter would: the words that may be taken amiss, and why."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from sincerely.protocol.tone import LONGEST_READ, NAMES, Flag, ToneKind, tone

LONGEST_DRAFT = LONGEST_READ
"""Characters; a draft of the length that is fine has some hundreds."""
MOST_QUOTED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that the text touches: its number in the text, its name, some of the words."""

    number: int
    name: str
    words: tuple[str, ...]
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: whether anything covers it, whether that is its length alone, and
    the numbers of the findings whose words end here."""

    text: str
    is_flagged: bool
    is_only_long: bool
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToneCheck:
    """The text in pieces, in order, and what was found in it."""

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    words: int


def check_tone(text: str, *, spoken: bool = False) -> ToneCheck:
    """Read a text of at most `LONGEST_DRAFT` characters; `spoken` ones must be shorter."""
    flags = tone(text, spoken)
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(f.kind for f in flags), 1)}
    findings = tuple(
        _finding(number, [flag for flag in flags if flag.kind == kind])
        for kind, number in numbers.items()
    )
    return ToneCheck(_pieces(text, flags, numbers), findings, len(text.split()))


def _finding(number: int, flags: list[Flag]) -> Finding:
    rule, words = flags[0].rule, dict.fromkeys(flag.words for flag in flags)
    return Finding(
        number,
        gettext(NAMES[flags[0].kind]),
        tuple(words)[:MOST_QUOTED],
        gettext(rule.because),
        rule.source,
    )


def _pieces(text: str, flags: list[Flag], numbers: dict[ToneKind, int]) -> tuple[Piece, ...]:
    """The text cut at both ends of every flag; flags may overlap."""
    places = sorted({0, len(text), *(place for flag in flags for place in (flag.start, flag.end))})
    ahead = deque(sorted(flags, key=lambda flag: flag.start))
    pieces: list[Piece] = []
    covering: list[Flag] = []
    for start, end in pairwise(places):
        covering = [flag for flag in covering if flag.end > start]
        while ahead and ahead[0].start <= start:
            covering.append(ahead.popleft())
        ends = tuple(numbers[flag.kind] for flag in covering if flag.end == end)
        is_only_long = all(flag.kind == "too_long" for flag in covering)
        pieces.append(Piece(text[start:end], bool(covering), is_only_long, ends))
    return tuple(pieces)

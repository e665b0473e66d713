"""What somebody wrote in an answer, without what their program quoted below, above or between.

Line by line and once through, so that a hostile mail costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sincerely.reading import quoting

MOST_LINES = 5_000
LONGEST_LINE = 2_000
LONGEST_SIGNATURE = 12
"""Lines; what is longer below two dashes was written, not pasted."""


def trim(text: str, original: str = "") -> str:
    """The words of whoever answers.

    `original` is the message that was answered, where it is known: lines of it are left out even
    where nothing marks them as quoted.
    """
    known = {_bare(line) for line in original.splitlines() if len(_bare(line)) > 12}
    lines = [line.rstrip()[:LONGEST_LINE] for line in text.splitlines()[:MOST_LINES]]
    kept = [line for line in _own(lines) if _bare(line) not in known]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _own(lines: Sequence[str]) -> Iterator[str]:
    """The lines that were not quoted, up to the signature or the first thing quoted whole."""
    bare = [line.strip() for line in lines]
    place = 0
    while place < len(lines):
        length = _quoting(bare, place)
        if length:
            place += length
            # What is marked line by line may have an answer below or between; else it is the rest.
            if not quoting.is_quoted(quoting.next_words(bare, place)):
                return
            continue
        if _is_signature(bare, place):
            return
        yield from _of_line(lines[place], bare, place)
        place += 1


def _quoting(bare: Sequence[str], place: int) -> int:
    """How many lines from here on announce something quoted; 0 for none."""
    line = bare[place]
    if not line or quoting.is_quoted(line):
        # Also the announcement may be marked: "> Begin forwarded message:".
        return 0
    if quoting.is_separator(line) or quoting.is_header_block(bare, place):
        return 1
    if re.fullmatch(r"[_=-]{5,}", line) and quoting.is_header_block(
        (quoting.next_words(bare, place + 1), *bare[place + 2 : place + 9]), 0
    ):
        return 1
    return quoting.introduction(bare, place)


def _of_line(line: str, bare: Sequence[str], place: int) -> Iterator[str]:
    if quoting.is_quoted(bare[place]) or quoting.SENT_FROM.fullmatch(bare[place]):
        return
    if place and quoting.is_rest_of_quoted(bare[place], bare[place - 1]):
        return
    own = None
    if "wrote" in line.lower():
        own = quoting.shares_its_line(bare[place], quoting.next_words(bare, place + 1))
    yield line if own is None else own


def _is_signature(bare: Sequence[str], place: int) -> bool:
    """Two dashes, and few lines up to the end or to something quoted."""
    if bare[place] != "--":
        return False
    rest = bare[place + 1 : place + 2 + LONGEST_SIGNATURE]
    ends = next((at for at, line in enumerate(rest) if quoting.is_quoted(line)), len(rest))
    return ends <= LONGEST_SIGNATURE


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> \t").split())

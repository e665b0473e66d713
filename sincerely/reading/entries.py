"""Cuts a section of a resume into its entries: one job, one school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sincerely.reading.dates import Period, find_period
from sincerely.reading.vocabulary import is_bullet, is_position, without_bullet

_DURATION = re.compile(r"^\(?\d{1,2} (?:years?|months?|yrs?|mos?)\b", re.IGNORECASE)
_PLACE = re.compile(r"^[^\d,]{2,30}, [^\d,]{2,20}$")
_LONGEST_HEADER = 110


@dataclass
class Entry:
    """`header` are the lines that say what and where, without the period."""

    start: str
    end: str
    header: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    @property
    def highlights(self) -> list[str]:
        return [without_bullet(line) for line in self.body]


def cut_entries(lines: Sequence[str]) -> list[Entry]:
    """One entry per period found. Lines before the first period belong to its header."""
    lines = [line for line in _join_wrapped(lines) if not _DURATION.match(line)]
    dated = {
        number: period
        for number, line in enumerate(lines)
        if not is_bullet(line) and len(line) <= _LONGEST_HEADER and (period := find_period(line))
    }
    if not dated:
        return []
    if _periods_stand_last(lines, dated):
        return _cut_after(lines, dated)
    return _cut_before(lines, dated)


def _join_wrapped(lines: Sequence[str]) -> list[str]:
    """A bullet point that runs on in the next line, in one piece again."""
    joined: list[str] = []
    for line in lines:
        runs_on = bool(joined) and is_bullet(joined[-1]) and len(joined[-1]) > 60
        if runs_on and not is_bullet(line) and (line[0].islower() or line[0] in "(,;"):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _periods_stand_last(lines: Sequence[str], dated: dict[int, Period]) -> bool:
    """Some layouts print the period beside the entry, which puts it after the text."""
    first = min(dated)
    return first > 0 and not dated[first].rest and any(map(is_bullet, lines[:first]))


def _cut_after(lines: Sequence[str], dated: dict[int, Period]) -> list[Entry]:
    entries, begin = [], 0
    for number, period in sorted(dated.items()):
        entry = Entry(period.start, period.end)
        for line in lines[begin:number]:
            opened = bool(entry.body)
            if is_bullet(line) or (opened and not _is_place(line)):
                entry.body.append(line)
            elif not opened:
                entry.header.append(line)
        entries.append(entry)
        begin = number + 1
    return entries


def _cut_before(lines: Sequence[str], dated: dict[int, Period]) -> list[Entry]:
    entries: list[Entry] = []
    waiting: list[str] = []  # headers above a period that stands on a line of its own
    for number, line in enumerate(lines):
        if number in dated:
            period = dated[number]
            header = [*waiting, period.rest] if period.rest else waiting
            entries.append(Entry(period.start, period.end, header))
            waiting = []
        elif _opens_next(lines, dated, number) or not entries:
            if not (waiting and _is_place(line)):
                waiting = [*waiting, line][-2:]
        elif _continues_header(entries[-1], line):
            entries[-1].header.append(line)
        else:
            entries[-1].body.append(line)
    return entries


def _opens_next(lines: Sequence[str], dated: dict[int, Period], number: int) -> bool:
    """Whether a line is the header of a bare period just below it."""
    if is_bullet(lines[number]) or lines[number].endswith("."):
        return False
    below = next((n for n in range(number + 1, number + 4) if n in dated), None)
    if below is None or dated[below].rest:
        return False
    return not any(is_bullet(line) for line in lines[number:below])


def _is_place(line: str) -> bool:
    """ "Dublin, Ireland"; "Blue Spoon, Line Cook" has the same form."""
    return bool(_PLACE.match(line)) and not is_position(line)


def _continues_header(entry: Entry, line: str) -> bool:
    fits = len(entry.header) < 2 and not entry.body
    if not fits or len(line) > 70 or is_bullet(line) or line.endswith("."):
        return False
    # A firm or a position is written with capitals; what somebody did there is not.
    words = [word for word in line.split() if len(word) > 3]
    return sum(word[0].islower() for word in words) * 2 <= len(words)

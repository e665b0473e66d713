"""Periods as resumes write them ("Sept 2018 – May 2023", "06/2019 - today"), as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass

# First letters in English, German, French, Spanish, Portuguese, Italian, Dutch.
_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz", "maa"),
    ("apr", "avr", "abr"), ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"),
    ("jul", "juil", "lug"), ("aug", "aoû", "aou", "ago"), ("sep", "set"),
    ("oct", "okt", "out", "ott"), ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip
_NOW = (
    "present", "now", "today", "current", "ongoing", "heute", "aktuell", "jetzt",
    "aujourd[’']hui", "présent", "actuel", "actualidad", "actual", "presente", "oggi", "heden",
    "atual", "atualmente",
)  # fmt: skip
_MONTH_WORD = (
    "(?:" + "|".join(start for month in _MONTHS for start in month) + r")[a-zéûäç]{0,7}\.?"
)
_POINT = (
    rf"(?:{_MONTH_WORD}\s{{0,2}}'?(?:(?:19|20)\d\d|\d\d(?!\d))"
    r"|(?:0?[1-9]|1[0-2])\s?[/.]\s?(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?[/.-]\s?(?:0[1-9]|1[0-2])(?!\d)"
    r"|(?:19|20)\d\d)"
)
_TO = r"\s{0,3}(?:[-–—−]{1,2}|to|until|bis|à|au|a|al|tot)\s{0,3}"
_EDGES = " \t,|·•–—-"
_PERIOD = re.compile(
    rf"(?<![\w/])(?:since\s|seit\s|depuis\s|desde\s)?({_POINT})"
    rf"(?:{_TO}({_POINT}|(?:{'|'.join(_NOW)})\b))?(?![\w/])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Period:
    """ISO 8601 dates as precise as the source: "2018-09" or "2018"; "" when open or not told."""

    start: str
    end: str
    rest: str
    """The line without the period."""


def find_period(line: str) -> Period | None:
    """The first period or single date of a line; None when there is none."""
    match = _PERIOD.search(line)
    if not match:
        return None
    start, end = match[1], match[2]
    before = line[: match.start()].rstrip(f"{_EDGES}([")
    after = line[match.end() :].strip(f"{_EDGES})]:")
    return Period(iso(start), iso(end) if end else "", f"{before} {after}".strip())


def iso(point: str) -> str:
    """One date of a period as "YYYY-MM" or "YYYY"; "" for "present"."""
    year = re.search(r"(?:19|20)\d\d", point)
    month = _month_of(point)
    if not year:
        short = re.search(r"\d\d$", point.strip())
        if not short:
            return ""
        full = int(short[0]) + (2000 if int(short[0]) < 50 else 1900)
        return f"{full}-{month:02d}" if month else str(full)
    return f"{year[0]}-{month:02d}" if month else year[0]


def _month_of(point: str) -> int:
    word = re.match(r"[^\W\d]+", point.strip().lower())
    if word:
        for number, starts in enumerate(_MONTHS, start=1):
            if word[0].startswith(starts):
                return number
        return 0
    digits = re.sub(r"(?:19|20)\d\d", "", point, count=1)
    found = re.search(r"\d{1,2}", digits)
    return int(found[0]) if found else 0

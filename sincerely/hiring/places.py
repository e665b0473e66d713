"""The countries whose public holidays are known, with names to choose from."""

from __future__ import annotations

import re
from functools import cache

from holidays.registry import COUNTRIES

from sincerely.protocol.business_days import is_known


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """(ISO 3166-1 code, English name), by name; as the `holidays` package spells them."""
    named = {entry[1]: _words(entry[0]) for entry in COUNTRIES.values()}
    return tuple(sorted(named.items(), key=lambda country: country[1]))


def is_known_place(country: str, subdivision: str) -> bool:
    return is_known(country, subdivision)


def _words(name: str) -> str:
    """`UnitedStates` → United States."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)

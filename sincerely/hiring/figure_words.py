"""Numbers as people read them."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def percent(part: float | None) -> str:
    """Rounded down near the top: 100% is said only of all."""
    if part is None:
        return "–"
    return "99%" if 0.99 < part < 1 else f"{100 * part:.0f}%"


def in_days(number: float | None) -> str:
    if number is None:
        return "–"
    if number < 1:
        hours = round(number * 24)
        return "an hour" if hours <= 1 else f"{hours} hours"
    rounded = f"{number:.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")
    return f"{rounded} day" + ("" if rounded == "1" else "s")

"""Where the parts of a chart lie. Widths are shares of the chart's own, so that its text keeps its
size on every screen; heights are pixels. Each chart stands before a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW, BAR_TOP = 42, 22
PLOT_TOP, PLOT = 20, 120
# More labels than this run into each other on a phone.
MOST_LABELS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its words and value above, the bar below."""

    label: str
    value: str
    width: str
    text_y: int
    bar_y: int


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    height: int
    kind = "bars"


def bars(rows: Sequence[tuple[str, str, float]], *, most: float = 0) -> Bars:
    """(label, value in words, amount) each, below one another; the largest fills the width, or
    `most` does."""
    most = most or max((amount for _, _, amount in rows), default=0) or 1
    placed = [
        Bar(label, value, _percent(amount / most), at * ROW + 15, at * ROW + BAR_TOP)
        for at, (label, value, amount) in enumerate(rows)
    ]
    return Bars(tuple(placed), ROW * len(placed))


@dataclass(frozen=True, slots=True)
class Column:
    """Two stacked parts, and a label below where there is room for one."""

    label: str
    x: str
    middle: str
    width: str
    low_y: float
    low: float
    high_y: float
    high: float


@dataclass(frozen=True, slots=True)
class Columns:
    columns: tuple[Column, ...]
    most: int
    low_word: str
    high_word: str
    base: int = PLOT_TOP + PLOT
    height: int = PLOT_TOP + PLOT + 24
    kind = "columns"


def columns(rows: Sequence[tuple[str, int, int]], low_word: str, high_word: str) -> Columns:
    """(label, lower part, upper part) each, side by side."""
    most = max((low + high for _, low, high in rows), default=0) or 1
    step = 100 / max(len(rows), 1)
    every = -(-len(rows) // MOST_LABELS)
    placed = []
    for at, (label, low, high) in enumerate(rows):
        low_px, high_px = PLOT * low / most, PLOT * high / most
        width = min(step * 0.62, 14)
        placed.append(
            Column(
                label="" if at % every else label,
                x=f"{at * step + (step - width) / 2:.2f}%",
                middle=f"{(at + 0.5) * step:.2f}%",
                width=f"{width:.2f}%",
                low_y=round(PLOT_TOP + PLOT - low_px, 1),
                low=round(low_px, 1),
                high_y=round(PLOT_TOP + PLOT - low_px - high_px, 1),
                high=round(high_px, 1),
            )
        )
    return Columns(tuple(placed), most, low_word, high_word)


def _percent(part: float) -> str:
    return f"{100 * min(max(part, 0), 1):.2f}%"

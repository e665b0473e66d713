"""Draws that depend on a seed and on what they are for, and on nothing else: so one seed always
gives the same quarter, whatever the order in which things happen."""

from __future__ import annotations

import math
from random import Random


def draw(*key: object) -> Random:
    """A source of numbers of its own for this key, such as (seed, employer, "sick", day)."""
    return Random(":".join(map(str, key)))  # noqa: S311 - a simulation, no secret


def around(chance: Random, median: float, spread: float = 0.6) -> float:
    """A number above 0 whose median is `median`, with a long tail (log-normal)."""
    return median * math.exp(chance.gauss(0, spread))

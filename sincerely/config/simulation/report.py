"""What a simulation says while it runs, and at its end."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from sincerely.config.simulation.run import Tell

WIDTH = 30


def lines(stream: Any) -> Tell:
    """For the process that started this one: the day and the applications, on a line."""

    def tell(day: int, applied: int) -> None:
        stream.write(f"{day} {applied}")

    return tell


class Bar:
    """How far the slowest part is, and how long it will take."""

    def __init__(self, stream: Any, days: int) -> None:
        self.stream, self.days, self.began = stream, days, time.monotonic()
        self.parts: dict[int, tuple[int, int]] = {}

    def __call__(self, part: int, day: int, applied: int) -> None:
        self.parts[part] = (day, applied)
        slowest = min(day for day, _ in self.parts.values())
        applications = sum(applied for _, applied in self.parts.values())
        left = (time.monotonic() - self.began) * (self.days / max(slowest, 1) - 1) / 60
        full = WIDTH * slowest // self.days
        bar = "█" * full + "░" * (WIDTH - full)
        ending = "\n" if slowest == self.days else ""
        self.stream.write(
            f"\rday {slowest:>3} of {self.days} {bar} {applications:>7,} applications, "
            f"{left:.0f} min left ",
            ending=ending,
        )


def told(result: dict[str, Any]) -> str:
    """The result for people."""
    sums, ranges = Counter(result["sums"]), result["ranges"]
    settled = sums["kept"] + sums["missed"]
    facts = [
        ("applications", f"{result['applications']:,} at {result['employers']} employers"),
        ("untold at the end", result["untold"]),
        ("ever without a date or an end", result["without_date_or_end"]),
        ("promises kept", f"{_percent(result['promises_kept'])} of {settled:,}"),
        ("receipts proven", f"{_percent(result['receipts_proven'])} of {sums['receipts']:,}"),
        ("notes that we are late", f"{sums['late_notes']:,}"),
        ("mails, and those that did not arrive", f"{sums['mails']:,}, {sums['mails_unreached']:,}"),
        ("questions answered by themselves", f"{sums['answered_by_itself']:,}"),
        ("calls the team made", f"{sums['calls_by_us']:,}"),
    ]
    rows = [f"{name:<40} {value}" for name, value in facts]
    heads = f"{'per 100 applications':<40} {'fewest':>8} {'middle':>8} {'most':>8}"
    named = [
        ("calls and visits, with the protocol", "calls_per_100"),
        ("calls and visits, without it", "calls_per_100_without"),
        ("interruptions, with the protocol", "interruptions_per_100"),
        ("interruptions without it, all by phone", "interruptions_per_100_phone_only"),
    ]
    table = [
        f"{name:<40} " + " ".join(f"{value:>8.1f}" for value in ranges[key]) for name, key in named
    ]
    ours, others = ranges["interruptions_per_100"], ranges["interruptions_per_100_phone_only"]
    spread = (
        f"Over the range of our assumptions (--parameters lists them): {min(ours):.1f} to "
        f"{max(ours):.1f} interruptions with it, {min(others):.1f} to {max(others):.1f} without."
    )
    return "\n".join([*rows, "", heads, *table, "", spread])


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f} %"

"""What a measurement found, and how it is told: a table for people, one JSON object for scripts."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

# Where a key is told in other words than its own.
_WORDS = {
    "p50_ms": "half of the answers within (ms)",
    "p99_ms": "99 of 100 answers within (ms)",
    "p50_us": "half of the verdicts within (µs)",
    "p99_us": "99 of 100 verdicts within (µs)",
    "rate_per_s": "rate (per second)",
    "rate_of_one_core_per_s": "rate by processor time, PostgreSQL's too (per second)",
    "wall_rate_per_s": "rate by the clock on the wall (per second)",
    "decided": "how often each rule decided",
    "rss_mb": "memory of one web worker (MB)",
    "found_in_first_8": "right person in the first 8 rows",
    "cpu_ms": "processor time of the web workers (ms each)",
    "database_cpu_ms": "processor time of PostgreSQL (ms each)",
    "client_cpu_ms": "processor time of the clients (ms each)",
    "lost": "acknowledged, but not stored as promised",
}


def percentile(values: Iterable[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value that `share` of all do not pass."""
    ordered = sorted(values)
    return ordered[max(ceil(len(ordered) * share), 1) - 1]


def spread(milliseconds: Sequence[float]) -> dict[str, float]:
    """`p50_ms` and `p99_ms`, rounded to what a clock on a busy machine can tell."""
    return {
        "p50_ms": round(percentile(milliseconds, 0.50), 2),
        "p99_ms": round(percentile(milliseconds, 0.99), 2),
    }


def machine() -> str:
    """Cores, processor, memory and Python, in a line."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1024**3
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{cores} cores, {_processor()}, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def commit() -> str:
    """The commit this code was checked out at, with a `+` when it was changed since; or empty."""
    folder = Path(__file__).parent
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()


def table(result: dict[str, Any]) -> str:
    """The result for people, one figure on a line."""
    lines = []
    for key, value in result.items():
        told = _WORDS.get(key, key.replace("_", " "))
        if isinstance(value, dict):
            lines.append(f"{told}:")
            lines += [f"    {name:<34} {_told(inner)}" for name, inner in value.items()]
        else:
            lines.append(f"{told:<40} {_told(value)}")
    return "\n".join(lines)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "\n    ".join(["", *map(str, value)])
    if isinstance(value, dict):
        return "  ".join(f"{key} {_told(inner)}" for key, inner in value.items())
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)

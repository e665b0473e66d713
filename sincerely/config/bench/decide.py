"""`bench decide`: verdicts a second on one core, over the facts of a busy week."""

from __future__ import annotations

from collections import Counter
from statistics import median
from time import perf_counter_ns, process_time_ns
from typing import Any

from sincerely.config.bench.database import Say
from sincerely.config.bench.figures import percentile
from sincerely.hiring.verdict_mix import DECIDING, TODAY, Case, decide, mix

CASES = 20_000
ROUNDS = 25
SECOND, MICROSECOND = 1e9, 1e3  # in nanoseconds


def measure(candidates: list[int] | None, say: Say, port: int) -> dict[str, Any]:
    """Needs no database. `rate_per_s` is per second of one core's time, so that others on the
    machine do not count; `wall_rate_per_s` is by the clock on the wall. Both are of whole rounds,
    the middle one. p50 and p99 are of single verdicts, with the reading of the clock in them."""
    cases = list(mix(CASES))
    say(f"{CASES:,} cases, {ROUNDS} rounds …")
    rounds = [_round(cases) for _ in range(ROUNDS)]
    singles = _singles(cases)
    decided = Counter(decide(case.facts, case.rulebook, TODAY).rule for case in cases)
    return {
        "verdicts": CASES * ROUNDS,
        "p50_us": round(percentile(singles, 0.50), 2),
        "p99_us": round(percentile(singles, 0.99), 2),
        "rate_per_s": round(SECOND * CASES / median(core for core, _wall in rounds)),
        "wall_rate_per_s": round(SECOND * CASES / median(wall for _core, wall in rounds)),
        "decided": {rule: decided[rule] for rule in DECIDING},
    }


def _round(cases: list[Case]) -> tuple[int, int]:
    """Nanoseconds of the core and of the clock for all cases, one after the other."""
    ready = [(case.facts, case.rulebook) for case in cases]
    core, wall = process_time_ns(), perf_counter_ns()
    for facts, rulebook in ready:
        decide(facts, rulebook, TODAY)
    return process_time_ns() - core, perf_counter_ns() - wall


def _singles(cases: list[Case]) -> list[float]:
    """Microseconds of each case."""
    times = []
    for case in cases:
        began = perf_counter_ns()
        decide(case.facts, case.rulebook, TODAY)
        times.append((perf_counter_ns() - began) / MICROSECOND)
    return times

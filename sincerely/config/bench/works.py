"""What `sincerely bench` can measure, and on how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sincerely.config.bench import closeout, decide, intake, lookup, mail, pages, promises
from sincerely.config.bench.database import Say, Size

Work = Callable[[list[int] | None, Say, int], dict[str, Any]]


_GROWTH = ("p50_ms", "p99_ms", "rate_per_s", "cpu_ms", "database_cpu_ms")


def _for_each_size(measure: Callable[..., dict[str, Any]], usual: int) -> Work:
    """Measure at each number of candidates; the last is the result, `growth` has all of them."""

    def work(candidates: list[int] | None, say: Say, port: int) -> dict[str, Any]:
        results = [measure(Size(number), say, port=port) for number in candidates or [usual]]
        if len(results) == 1:
            return results[0]
        growth = {
            f"{result['candidates']:,}": {key: result[key] for key in _GROWTH if key in result}
            for result in results
        }
        return results[-1] | {"growth": growth}

    return work


WORK: Mapping[str, Work] = {
    "decide": decide.measure,
    "lookup": _for_each_size(lookup.measure, 1_000_000),
    "intake": _for_each_size(intake.measure, 1_000_000),
    "mail": _for_each_size(mail.measure, 10_000),
    "pipeline": _for_each_size(pages.pipeline, 1_000_000),
    "pages": _for_each_size(pages.pages, 1_000_000),
    "closeout": _for_each_size(closeout.measure, 100_000),
    "promises": _for_each_size(promises.measure, 1_000_000),
}

"""How well the readers of mail do on what others collected: python -m scripts.reading_figures"""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.reading.corpora import bounces
from tests.reading.scoring import score_bounces


def main() -> None:
    for title, held_out in (("seen while writing", False), ("held out", True)):
        _bounces(title, [sample for sample in bounces() if sample.is_held_out == held_out])


def _bounces(title: str, samples: list) -> None:
    score, seconds = _timed(lambda: score_bounces(samples))
    print(f"bounces, {title}: {score.mails} mails, {score.mails / seconds:.0f} a second")
    print(f"    all addresses found    {_share(score.found, score.bounces)}")
    print(f"    a wrong address        {_share(score.wrong, score.bounces)}")
    print(f"    taken for a bounce     {_share(score.taken, score.others)}")
    print(f"    outcome right          {_share(score.outcome_right, score.mails)}")
    for fault in score.faults:
        print(f"        {fault}")


def _timed(work: Callable) -> tuple:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


if __name__ == "__main__":
    main()

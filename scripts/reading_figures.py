"""How well the readers of mail do on what others collected: python -m scripts.reading_figures"""

from __future__ import annotations

import time
from collections.abc import Callable

from sincerely.reading.bounce import read_bounce
from sincerely.reading.reply import read_reply
from tests.reading.corpora import Sample, bounces, replies
from tests.reading.hostile import mails
from tests.reading.scoring import score_bounces, score_replies


def main() -> None:
    for title, held_out in (("seen while writing", False), ("held out", True)):
        _bounces(title, [sample for sample in bounces() if sample.is_held_out == held_out])
    for title, held_out in (("seen while writing", False), ("held out", True)):
        _replies(title, [sample for sample in replies() if sample.is_held_out == held_out])
    _hostile()


def _bounces(title: str, samples: list[Sample]) -> None:
    score, seconds = _timed(lambda: score_bounces(samples))
    print(f"bounces, {title}: {score.mails} mails, {score.mails / seconds:.0f} a second")
    print(f"    all addresses found    {_share(score.found, score.bounces)}")
    print(f"    a wrong address        {_share(score.wrong, score.bounces)}")
    print(f"    taken for a bounce     {_share(score.taken, score.others)}")
    print(f"    outcome right          {_share(score.outcome_right, score.mails)}")
    _list(score.faults)


def _replies(title: str, samples: list[Sample]) -> None:
    score, _ = _timed(lambda: score_replies(samples))
    print(f"replies, {title}: {score.mails}")
    print(f"    exactly as labelled    {_share(score.exact, score.mails)}")
    print(f"    a word lost            {_share(score.lost, score.mails)}")
    _list(score.faults)


def _hostile() -> None:
    times = {}
    for name, raw in mails().items():
        _, bounce = _timed(lambda raw=raw: read_bounce(raw))
        _, reply = _timed(lambda raw=raw: read_reply(raw))
        times[name] = max(bounce, reply) * 1000
    slowest = sorted(times, key=times.__getitem__, reverse=True)
    print(
        f"hostile mail: {len(times)}, without an exception; the slowest, in ms of processor time:"
    )
    for name in slowest[:5]:
        print(f"    {times[name]:5.0f}  {name}")


def _list(faults: list[str]) -> None:
    for fault in faults:
        print(f"        {fault}")


def _timed(work: Callable) -> tuple:
    began = time.process_time()
    return work(), time.process_time() - began


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


if __name__ == "__main__":
    main()

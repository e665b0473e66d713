"""How often the readers agree with what a person says about a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sincerely.reading.bounce import Bounce, read_bounce
from tests.reading.corpora import Sample


@dataclass
class BounceScore:
    """`found`: bounces with all their addresses; `wrong`: bounces that name another; `taken`: other
    mail that was taken for a bounce; `outcome_right`: mails of the right kind."""

    mails: int = 0
    bounces: int = 0
    found: int = 0
    wrong: int = 0
    taken: int = 0
    outcome_right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.mails - self.bounces

    def add(self, sample: Sample) -> None:
        read, kind = read_bounce(sample.raw), sample.label["kind"]
        is_bounce = kind in {"failed", "delayed"}
        must, may = _lower(sample.label["recipients"]), _lower(sample.label.get("also", ()))
        got = _lower(read.recipients)
        self.mails += 1
        self.bounces += is_bounce
        self.found += is_bounce and must <= got
        self.wrong += is_bounce and bool(got - must - may)
        self.taken += not is_bounce and read.kind in {"failed", "delayed"}
        self.outcome_right += read.kind == kind
        self.faults += _faults(sample, read)


def score_bounces(samples: Iterable[Sample]) -> BounceScore:
    score = BounceScore()
    for sample in samples:
        score.add(sample)
    return score


def _faults(sample: Sample, read: Bounce) -> Iterator[str]:
    if read.kind != sample.label["kind"]:
        yield f"{sample.name}: {read.kind}, not {sample.label['kind']}"
    if missing := _lower(sample.label["recipients"]) - _lower(read.recipients):
        yield f"{sample.name}: without {', '.join(sorted(missing))}"


def _lower(addresses: Iterable[str]) -> set[str]:
    return {address.lower() for address in addresses}

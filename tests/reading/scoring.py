"""How often the readers agree with what a person says about a mail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sincerely.reading.bounce import Bounce, read_bounce
from sincerely.reading.reply import read_reply
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


@dataclass
class ReplyScore:
    """`exact`: the same lines as labelled, but for empty ones and spaces; `lost`: a word of the
    person's is missing."""

    mails: int = 0
    exact: int = 0
    lost: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, sample: Sample) -> None:
        got, wanted = _lines(read_reply(sample.raw).text), _lines(sample.label["visible"])
        missing = _words(wanted) - _words(got)
        self.mails += 1
        self.exact += got == wanted
        self.lost += bool(missing)
        if got != wanted:
            self.faults.append(f"{sample.name}: {' / '.join(got)[:80]!r}")


def score_replies(samples: Iterable[Sample]) -> ReplyScore:
    score = ReplyScore()
    for sample in samples:
        score.add(sample)
    return score


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+", "\n".join(lines)))

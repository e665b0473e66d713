"""A mail server that refuses one mail in ten for now, and of one in twenty does not say that it
took it."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from tests.outbox.faulty_server import DROP

LATENCY_SECONDS = 0.03


class Dice(Mapping[str, str]):
    """What the server says at a step: by chance. `dropped` counts the mails it kept silent on."""

    def __init__(self, seed: int) -> None:
        self.dropped = 0
        self._random, self._gate = random.Random(seed), threading.Lock()

    def __getitem__(self, step: str) -> str:
        if step not in {"RCPT", "dot"}:
            raise KeyError(step)
        time.sleep(LATENCY_SECONDS)
        with self._gate:
            chance = self._random.random()
            if chance < 0.05:
                return "451 4.3.0 Later"
            if step == "dot" and chance < 0.10:
                self.dropped += 1
                return DROP
        raise KeyError(step)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def copies(got: list[bytes]) -> tuple[Counter[str], int]:
    """How often each Message-ID came, and how many of them came with different bytes."""
    seen: dict[str, list[bytes]] = defaultdict(list)
    for raw in got:
        found = re.search(rb"(?im)^message-id:\s*(<[^>]+>)", raw)
        seen[found[1].decode() if found else ""].append(raw)
    differing = sum(len(set(raws)) > 1 for raws in seen.values())
    return Counter({name: len(raws) for name, raws in seen.items()}), differing

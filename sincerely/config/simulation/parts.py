"""The employers of a simulation shared among processes, each with a database of its own.

Employers have nothing to do with each other, so the sums are the same for any number of processes,
up to the minutes by which mails are tried again.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection

from sincerely.config.bench import database, figures
from sincerely.config.bench.served import SINCERELY
from sincerely.config.simulation.results import said
from sincerely.config.simulation.run import Tell, simulate
from sincerely.config.simulation.world import Scenario

TellOf = Callable[[int, int, int], Any]


@dataclass(frozen=True, slots=True)
class Whole:
    """What was asked for."""

    days: int
    employers: int
    applications: int
    seed: int
    processes: int = 1

    def part(self, number: int) -> Scenario:
        numbers = tuple(range(number, self.employers, self.processes))
        return Scenario(self.days, self.employers, self.applications, self.seed, numbers)

    def command(self, number: int) -> list[str]:
        names = ("days", "employers", "applications", "seed", "processes")
        options = [f"--{name}={getattr(self, name)}" for name in names]
        return [*SINCERELY, "simulate", *options, f"--part={number}"]


def run(whole: Whole, tell: TellOf) -> dict[str, Any]:
    """All parts at once; `tell` hears of (part, day, applications so far)."""
    began, sums = time.monotonic(), Counter[str]()
    parts = [_Part(whole, number, tell) for number in range(whole.processes)]
    try:
        for part in parts:
            sums += part.result()
    finally:
        for part in parts:
            part.process.terminate()
    return {
        "days": whole.days,
        "employers": whole.employers,
        "seed": whole.seed,
        **said(sums),
        "minutes": round((time.monotonic() - began) / 60, 1),
        "machine": figures.machine(),
        "commit": figures.commit(),
    }


class _Part(threading.Thread):
    """A process of its own; this thread reads what it says of its days."""

    def __init__(self, whole: Whole, number: int, tell: TellOf) -> None:
        super().__init__(daemon=True)
        self.number, self.tell, self.said = number, tell, ""
        self.process = subprocess.Popen(  # noqa: S603
            whole.command(number),
            env=os.environ | {"DATABASE_URL": database.address()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.start()

    def run(self) -> None:
        for line in self.process.stderr or ():
            numbers = line.split()
            if len(numbers) == 2 and all(map(str.isdigit, numbers)):
                self.tell(self.number, *map(int, numbers))
            else:
                self.said += line

    def result(self) -> Counter[str]:
        found = self.process.stdout.read() if self.process.stdout else ""
        self.join()
        if self.process.wait():
            raise RuntimeError(f"Part {self.number} of the simulation failed:\n{self.said[-4000:]}")
        return Counter(json.loads(found.splitlines()[-1]))


def run_part(whole: Whole, number: int, tell: Tell) -> Counter[str]:
    """One part, on a database that is made afresh."""
    # The name is made of digits alone.
    name = f"sincerely_simulation_{number}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
        # What a crash would lose here is run again.
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    database.connect_to(name)
    call_command("migrate", verbosity=0, interactive=False)
    return simulate(whole.part(number), tell)

"""`sincerely worker` beside the web server that is measured."""

from __future__ import annotations

import subprocess
import time

from sincerely.config.bench.processes import processor_seconds
from sincerely.config.bench.served import SINCERELY, Served

_SECONDS_TO_START = 3


class Working:
    """A worker while the block lasts: on the jobs of one queue, or on all."""

    def __init__(self, served: Served, queue: str = "") -> None:
        self._served = served
        only = ["--queues", queue] if queue else []
        self._command = [*SINCERELY, "worker", *only, "--finish-within", "5"]

    def __enter__(self) -> Working:
        with (self._served.home / "worker.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self._command, env=self._served.environment, stdout=log, stderr=log
            )
        time.sleep(_SECONDS_TO_START)
        return self

    def processor_seconds(self) -> float:
        return processor_seconds(self._process.pid)

    def __exit__(self, *raised: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

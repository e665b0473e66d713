"""What the web workers use, read from Linux's /proc: memory and processor time."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def children_of(parent: int) -> list[int]:
    """The processes that one process started itself, oldest first."""
    found = []
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and parent_of(int(folder.name)) == parent:
            found.append(int(folder.name))
    return sorted(found)


def parent_of(process: int) -> int:
    fields = _stat(process)
    return int(fields[1]) if fields else 0


def memory_mb(process: int) -> float:
    """Resident memory now, shared pages included."""
    return _status(process, "VmRSS") / 1024


def processor_seconds(process: int) -> float:
    """User and system time since the process began."""
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


class PeakMemory:
    """Looks at processes twenty times a second; `mb` is the most that one of them held."""

    def __init__(self, processes: list[int]) -> None:
        self.mb = 0.0
        self._processes = processes
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._watch.join()

    def _run(self) -> None:
        while True:
            self.mb = max(self.mb, *map(memory_mb, self._processes))
            if self._over.wait(0.05):
                return


def _stat(process: int) -> list[str]:
    """The fields of /proc/<process>/stat from its third on (proc_pid_stat(5)); empty when it
    has ended."""
    try:
        text = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return []
    # The second field, the name, stands in parentheses and may hold anything.
    return text.rpartition(")")[2].split()


def _status(process: int, name: str) -> int:
    try:
        lines = (_PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        return 0
    for line in lines:
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0

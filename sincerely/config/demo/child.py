"""One process of the demo: forked from the supervisor, which has loaded Django for all of them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

LARGEST_LOG_BYTES = 10 * 1024 * 1024
PR_SET_PDEATHSIG = 1  # Linux, sys/prctl.h


class Child:
    """A function that runs in a process of its own, with its output in a log file."""

    def __init__(self, name: str, run: Callable[[], None], log: Path, stop_seconds: float) -> None:
        self.name = name
        self.log = log
        self.stop_seconds = stop_seconds
        self.pid: int | None = None
        self.exit_code: int | None = None
        self._run = run

    def start(self) -> None:
        """Fork. Only call it while no other thread runs and no connection is open."""
        self._turn_log_over()
        sys.stdout.flush()
        sys.stderr.flush()
        self.exit_code = None
        supervisor = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self._be_child(supervisor)

    def is_alive(self) -> bool:
        if self.pid is None or self.exit_code is not None:
            return False
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            self.exit_code = os.waitstatus_to_exitcode(status)
        return not pid

    def wait(self) -> int:
        while self.is_alive():
            time.sleep(0.01)
        return self.exit_code or 0

    def stop(self) -> None:
        """Ask it to end, wait for what it still has to finish, and end it when it does not."""
        if not self.is_alive() or self.pid is None:
            return
        self._signal_group(signal.SIGTERM, only_leader=True)
        deadline = time.monotonic() + self.stop_seconds
        while self.is_alive():
            if time.monotonic() > deadline:
                self._signal_group(signal.SIGKILL)
                deadline += self.stop_seconds
            time.sleep(0.01)
        self._signal_group(signal.SIGKILL)  # whatever it left behind

    def last_words(self, lines: int = 15) -> str:
        with contextlib.suppress(OSError):
            text = self.log.read_text(errors="replace").splitlines()[-lines:]
            return "\n".join(f"    {line}" for line in text)
        return ""

    def _signal_group(self, number: signal.Signals, *, only_leader: bool = False) -> None:
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                (os.kill if only_leader else os.killpg)(self.pid, number)

    def _turn_log_over(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _be_child(self, supervisor: int) -> None:
        code = 1
        try:
            # A session of its own: Ctrl-C goes to the supervisor, which stops all in order.
            os.setsid()
            _end_with(supervisor)
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, _leave)
            self._redirect_output()
            self._run()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
            if isinstance(leaving.code, str):
                sys.stderr.write(f"{leaving.code}\n")
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def _redirect_output(self) -> None:
        with open(os.devnull, "rb") as nothing, self.log.open("ab", buffering=0) as log:  # noqa: PTH123
            os.dup2(nothing.fileno(), 0)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
        # A log is read while it grows: line by line, not when a buffer happens to be full.
        sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)


def _leave(number: int, frame: object) -> None:
    sys.exit(0)


def _end_with(supervisor: int) -> None:
    """On Linux, end when the supervisor is killed, rather than keep its port for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it was killed in between
            os._exit(1)

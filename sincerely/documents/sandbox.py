"""Reads documents from strangers in a process that can do nothing else. Knows no Django.

One process beside each of ours is kept warm (see `sandbox_process`); it forks for every
document, so that a reading costs milliseconds and not the start of an interpreter. Threads may
call `read_resume` at the same time.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sincerely.reading.problems import Problem
from sincerely.reading.resume_text import ResumeText

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_BOOT = (
    "import sys; sys.path[:0] = sys.argv[2:]; "
    "from sincerely.documents.sandbox_process import serve; serve(int(sys.argv[1]))"
)
_LONGEST_NAME = 300
_MAX_ANSWER_BYTES = 8 * 1024 * 1024
_CHUNK = 64 * 1024


def read_resume(
    source: Path | str | bytes, name: str, *, seconds: int = 20, memory_mb: int = 512
) -> ResumeText:
    """Text and JSON Resume of a document, read under limits of time and address space.

    `source` is the document's path or its bytes, `name` the file name that its sender gave it.
    A crash, a kill, too much memory or too much time gives a ResumeText with a problem. Raises
    OSError when the path cannot be opened, or when no process can be started at all: that is no
    fault of the document, so it must not be noted as one.
    """
    deadline = time.monotonic() + seconds
    request = {"name": name[-_LONGEST_NAME:], "seconds": seconds, "memory_mb": memory_mb}
    with _as_file(source) as document:
        fork = _start(request, document)
    try:
        return _parse(fork.answer_until(deadline))
    except TimeoutError:
        return ResumeText("", Problem.TOO_SLOW)
    finally:
        fork.end()


def _as_file(source: Path | str | bytes) -> IO[bytes]:
    """A file whose descriptor can be handed over; bytes go to one that has no name."""
    if not isinstance(source, bytes):
        return Path(source).open("rb")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(source)
    file.flush()
    return file


def _parse(answer: bytes) -> ResumeText:
    """The answer as a ResumeText. What ran among hostile bytes is not believed blindly."""
    try:
        found = json.loads(answer)
        problem = Problem(found["problem"]) if found["problem"] else ""
        text, links, resume = found["text"], found["links"], found["resume"]
        if not isinstance(text, str) or not isinstance(resume, Mapping):
            return ResumeText("", Problem.CRASHED)
        links = tuple(link for link in links if isinstance(link, str))
        return ResumeText(
            text, problem, str(found["kind"]), links, bool(found["truncated"]), resume
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return ResumeText("", Problem.CRASHED)


@dataclass
class _Fork:
    """One document being read: the process and the pipe on which it answers."""

    pid: int
    pipe: int
    ended: bool = False

    def answer_until(self, deadline: float) -> bytes:
        """All that it writes. Raises TimeoutError. Cut off when it writes without end."""
        answer = bytearray()
        poll = select.poll()
        poll.register(self.pipe, select.POLLIN)
        while len(answer) <= _MAX_ANSWER_BYTES:
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise TimeoutError
            chunk = os.read(self.pipe, _CHUNK)
            if not chunk:
                self.ended = True
                break
            answer += chunk
        return bytes(answer)

    def end(self) -> None:
        """Kill it with all that it started, unless it has gone by itself."""
        os.close(self.pipe)
        if not self.ended:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)


class _Reader:
    """Our side of the warm process."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        paths = [str(_PACKAGE_ROOT), *(path for path in sys.path if path.startswith("/"))]
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own code and interpreter
                [sys.executable, "-I", "-S", "-c", _BOOT, str(theirs.fileno()), *paths],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.owner = os.getpid()
        self.control = ours
        self.control.settimeout(60)

    def fork(self, request: bytes, document: int) -> _Fork:
        """Have the document read. Raises OSError when the process is gone."""
        answer, sink = os.pipe()
        try:
            socket.send_fds(self.control, [request], [document, sink])
            reply = self.control.recv(32)
            if not reply:
                raise ConnectionResetError
            return _Fork(int(reply), answer)
        except OSError:
            os.close(answer)
            raise
        finally:
            os.close(sink)

    def close(self) -> None:
        self.control.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_lock = threading.Lock()
_reader: _Reader | None = None


def _start(request: Mapping[str, object], document: IO[bytes]) -> _Fork:
    """Begin a reading; a warm process that has died is replaced once. Raises OSError."""
    message = json.dumps(request).encode()
    with _lock:
        try:
            return _warm().fork(message, document.fileno())
        except OSError:
            close()
            return _warm().fork(message, document.fileno())


def _warm() -> _Reader:
    """The warm process, started on first use and again in a process that was forked off."""
    global _reader
    if _reader is None or _reader.owner != os.getpid():
        _reader = _Reader()
    return _reader


@atexit.register
def close() -> None:
    """End the warm process; the next reading starts another."""
    global _reader
    if _reader is not None:
        _reader.close()
        _reader = None

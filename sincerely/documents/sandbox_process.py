"""The process in which strangers' files are read: it loads the readers once and forks per file.

Started by `documents.sandbox` only, as an isolated interpreter without Django, environment or
open files. Each fork gives up its rights, sets its limits, reads one document, answers with one
line of JSON and ends; whatever a document does to it, the next one gets a fresh fork.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import resource
import signal
import socket
import sys
from dataclasses import asdict, replace
from typing import Any, NoReturn

from sincerely.reading.formats import read_text
from sincerely.reading.json_resume import to_json_resume
from sincerely.reading.limits import MAX_UPLOAD_BYTES
from sincerely.reading.plain_text import CHARSETS

_MAX_REQUEST_BYTES = 64 * 1024
_NOBODY = 65534
_CODE_PAGES = (437, 850, 852, 855, 857, 866, 874, 932, 936, 949, 950, *range(1250, 1259))
_ISO_PARTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)


def serve(control_descriptor: int) -> None:
    """Fork for each request on the control socket until the other side is gone.

    A request is JSON {"name", "seconds", "memory_mb"} with two descriptors, the document to
    read and the pipe to answer on; the reply is the process id of the fork, as a line.
    """
    _load_charsets()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps; nobody waits for them
    control = socket.socket(fileno=control_descriptor)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MAX_REQUEST_BYTES, 2)
        if not message:
            return
        child = os.fork()
        if child == 0:
            control.close()
            _answer(json.loads(message), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        control.sendall(b"%d\n" % child)


def _load_charsets() -> None:
    """A fork may open nothing, not even the module of a charset."""
    pages = (f"cp{page}" for page in _CODE_PAGES)
    parts = (f"iso8859-{part}" for part in _ISO_PARTS)
    more = ("utf-16-le", "utf-16-be", "mac_roman", "euc_jp", "johab")  # PDFium speaks the first
    for name in (*CHARSETS, *pages, *parts, *more):
        codecs.lookup(name)


def _answer(request: dict[str, Any], source: int, sink: int) -> NoReturn:
    try:
        _confine(request["seconds"], request["memory_mb"])
        document = read_text(_read_all(source), request["name"])
        resume = to_json_resume(document.text, document.links)
        line = json.dumps(asdict(replace(document, resume=resume)))
        with os.fdopen(sink, "wb", closefd=False) as pipe:
            pipe.write(line.encode() + b"\n")
    except BaseException:
        os._exit(1)  # no line: the other side calls it a crash
    os._exit(0)


def _read_all(source: int) -> bytes:
    """The document, and one byte more than allowed, so that a larger one is recognised."""
    with os.fdopen(source, "rb", closefd=False) as file:
        file.seek(0)
        return file.read(MAX_UPLOAD_BYTES + 1)


def _confine(seconds: int, memory_mb: int) -> None:
    """From here on: no new file, socket or process, and an end to memory and time."""
    os.setsid()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds + 2)  # should the one who waits for us be gone
    sys.meta_path.clear()
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
    memory = memory_mb * 1024 * 1024
    for name, value in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", seconds + 1),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", 0),
    ):
        # macOS knows some of these by name only.
        with contextlib.suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (value, value))

"""The other side of a measurement: clients in a process of their own, so that what they cost is
not counted as the server's. Reads a plan as JSON, sends it, writes what came back as JSON.

Only the standard library is imported here: it starts at once and stays small.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_BOUNDARY = "sincerely-bench"
# Stands in the file that is sent, and is written over so that no two files are alike.
MARK = b"%sincerely-bench-0000000000000000"


@dataclass
class Request:
    """One request. `expect` is text that the right answer holds; with `fields` a form is sent,
    with the plan's file when there is one, made different by `number`."""

    path: str
    expect: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    number: int = 0


@dataclass
class Plan:
    """What to send: `clients` share the requests, in order. Each keeps one connection, or opens
    one for each request where all come from different people (`strangers`)."""

    port: int
    requests: list[Request]
    clients: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    file: str = ""
    strangers: bool = False


@dataclass
class Answer:
    """What came back: the status (0 when nothing did), milliseconds, bytes, whether the expected
    text was there, where it leads to, and the hash of the file that was sent."""

    status: int = 0
    ms: float = 0.0
    size: int = 0
    found: bool = False
    location: str = ""
    sha256: str = ""


@dataclass
class Report:
    """The answers in the order of the plan's requests, the seconds that all took, and the
    processor time that it cost the clients."""

    answers: list[Answer]
    seconds: float
    client_seconds: float = 0.0

    @property
    def times(self) -> list[float]:
        return [answer.ms for answer in self.answers]


def run(plan: Plan) -> Report:
    """Send a plan from a process of its own."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", __name__],
        input=json.dumps(asdict(plan)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The clients failed: {done.stderr[-2000:]}")
    raw = json.loads(done.stdout)
    raw["answers"] = [Answer(**answer) for answer in raw["answers"]]
    return Report(**raw)


def send(plan: Plan) -> Report:
    """Send a plan from this process."""
    file = Path(plan.file).read_bytes() if plan.file else b""
    answers = [Answer() for _ in plan.requests]
    pending = iter(list(enumerate(plan.requests)))
    gate = threading.Lock()

    def next_one() -> tuple[int, Request] | None:
        with gate:
            return next(pending, None)

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", plan.port, timeout=120)
        while (taken := next_one()) is not None:
            at, request = taken
            answers[at] = _exchange(connection, plan, request, file)
            if plan.strangers:
                connection.close()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(plan.clients)]
    began, used = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Report(answers, time.perf_counter() - began, time.process_time() - used)


def _exchange(
    connection: http.client.HTTPConnection, plan: Plan, request: Request, file: bytes
) -> Answer:
    method, body, headers, digest = "GET", b"", plan.headers, ""
    if request.fields:
        file = different(file, request.number)
        digest = hashlib.sha256(file).hexdigest()
        method, body = "POST", b"".join(_form(request.fields, file))
        headers = headers | {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
    began = time.perf_counter()
    try:
        connection.request(method, request.path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return Answer(ms=(time.perf_counter() - began) * 1000, sha256=digest)
    return Answer(
        status=response.status,
        ms=(time.perf_counter() - began) * 1000,
        size=len(content),
        found=bool(request.expect) and request.expect.encode() in content,
        location=response.headers.get("Location", ""),
        sha256=digest,
    )


def different(file: bytes, number: int) -> bytes:
    """The file with its mark changed, so that its hash is another."""
    return file.replace(MARK, MARK[:-16] + b"%016d" % number)


def _form(fields: dict[str, str], file: bytes) -> Iterator[bytes]:
    """The parts of a multipart/form-data body (RFC 7578)."""
    for name, value in fields.items():
        yield (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        ).encode()
    if file:
        yield (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="resume"; '
            'filename="resume.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        ).encode()
        yield file + b"\r\n"
    yield f"--{_BOUNDARY}--\r\n".encode()


def main(arguments: Sequence[str] = ()) -> None:
    raw: dict[str, Any] = json.load(sys.stdin)
    raw["requests"] = [Request(**request) for request in raw["requests"]]
    json.dump(asdict(send(Plan(**raw))), sys.stdout)


if __name__ == "__main__":
    main()

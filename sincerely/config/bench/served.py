"""`sincerely serve` as a user would start it, on the database of a bench."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode

from django.conf import settings

from sincerely.config.bench import database
from sincerely.config.bench.processes import children_of, memory_mb, processor_seconds
from sincerely.config.seeding.seed import PASSWORD

WORKERS = 2
# `sincerely`, by the interpreter that runs this.
SINCERELY = [sys.executable, "-c", "from sincerely.config.command import main; main()"]
# A bench sends everything from one address, and more than a school would.
_NO_LIMITS = dict.fromkeys(
    ("APPLICATIONS_PER_ADDRESS", "APPLICATIONS_PER_JOB", "APPLICATIONS_PER_EMAIL"), "1000000000"
)
_SECONDS_TO_START = 120
_SMALLEST_WORKER_MB = 40


class Served:
    """The web server with two workers, while the block lasts. `files` is where uploads go."""

    def __init__(self, port: int = 0) -> None:
        self.home = Path(settings.HOME) / "bench"
        self.files = self.home / "files"
        self.port = port or _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Served:
        self.home.mkdir(parents=True, exist_ok=True)
        command = [*SINCERELY, "serve", f"--port={self.port}", f"--workers={WORKERS}"]
        with (self.home / "serve.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    @property
    def workers(self) -> list[int]:
        """The processes that answer requests."""
        assert self._process is not None
        found = children_of(self._process.pid)
        # multiprocessing keeps a small process beside them that tracks its semaphores.
        return [process for process in found if memory_mb(process) > _SMALLEST_WORKER_MB]

    def processor_seconds(self) -> float:
        return sum(map(processor_seconds, self.workers))

    def memory_mb(self) -> float:
        """Of the larger worker."""
        return round(max(map(memory_mb, self.workers)), 1)

    def sign_in(self, email: str) -> str:
        """Log in as a browser would; the value of a Cookie header for what follows."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/accounts/login/")
        page = connection.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        assert token, "the login page has no form"
        cookies = _cookies(page)
        form = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        headers = {
            "Cookie": _as_header(cookies),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://127.0.0.1:{self.port}/accounts/login/",
        }
        connection.request("POST", "/accounts/login/", urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        cookies |= _cookies(answer)
        if "sessionid" not in cookies:
            raise RuntimeError(f"{email} cannot sign in: {answer.status}")
        return _as_header(cookies)

    @property
    def environment(self) -> dict[str, str]:
        """Of the server, for whatever else works on the same database and files."""
        return os.environ | _NO_LIMITS | {
            "DATABASE_URL": database.address(),
            "SINCERELY_HOME": str(self.home),
            "SECRET_KEY": settings.SECRET_KEY,
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
        }  # fmt: skip

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while not (self._is_ready() and len(self.workers) == WORKERS):
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start: {self.home / 'serve.log'} says why.")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _cookies(answer: http.client.HTTPResponse) -> dict[str, str]:
    lines = answer.headers.get_all("Set-Cookie") or []
    pairs = [line.partition(";")[0].partition("=") for line in lines]
    return {name: value for name, _, value in pairs}


def _as_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

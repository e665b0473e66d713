from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sincerely.config.demo import environment
from tests.config.conftest import kill_everything_in, processes_in

PROGRAM = Path(sys.executable).with_name("sincerely")


@contextmanager
def demo(home: Path, port: int, **settings: str) -> Iterator[subprocess.Popen[str]]:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [PROGRAM, "demo"],
        env=inherited | {"SINCERELY_HOME": str(home), "PORT": str(port)} | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        kill_everything_in(home)


def read_until_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    pytest.fail(f"The demo ended:\n{''.join(lines)}")


def answers(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as response:
        return int(response.status)


def test_it_starts_serves_stops_cleanly_and_starts_again(empty_home: Path) -> None:
    port = environment.free_port()
    for how in (signal.SIGINT, signal.SIGTERM):
        with demo(empty_home, port) as process:
            assert f"http://localhost:{port}/" in read_until_ready(process)
            assert answers(port) == 200
            process.send_signal(how)
            rest, _ = process.communicate(timeout=60)
            assert process.returncode == 0, rest
            assert "Stopped" in rest
        assert processes_in(empty_home) == []
        assert environment.is_free("127.0.0.1", port)


def test_it_starts_again_after_kill_9_of_the_supervisor(empty_home: Path) -> None:
    port = environment.free_port()
    with demo(empty_home, port) as process:
        read_until_ready(process)
        process.kill()
        process.wait()
        while not environment.is_free("127.0.0.1", port):
            time.sleep(0.05)
        with demo(empty_home, port) as again:
            read_until_ready(again)
            assert answers(port) == 200


def test_a_busy_port_is_named_with_the_way_to_choose_another(empty_home: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with demo(empty_home, port) as process:
            said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {port} is in use" in said
    assert f"PORT={port + 1} make demo" in said
    assert "Traceback" not in said

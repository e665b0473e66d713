from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from sincerely.config.demo.child import Child

Make = Callable[..., Child]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made = []

    def make_child(run: Callable[[], None], stop_seconds: float = 5) -> Child:
        made.append(Child("trial", run, tmp_path / "logs" / "trial.log", stop_seconds))
        return made[-1]

    yield make_child
    for child in made:
        child.stop_seconds = 0
        child.stop()


def wait_for(log: Path, text: str) -> None:
    while not log.exists() or text not in log.read_text():
        time.sleep(0.01)


def sleep_long() -> None:
    os.write(1, b"asleep\n")
    time.sleep(60)


def refuse_to_leave() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sleep_long()


def leave_a_grandchild() -> None:
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.write(1, f"grandchild {os.getpid()}\n".encode())
    time.sleep(60)


def test_what_it_says_and_how_it_ended_is_known(make: Make) -> None:
    def speak_and_fail() -> None:
        os.write(1, b"first\nsecond\n")
        raise SystemExit(3)

    child = make(speak_and_fail)
    child.start()
    assert child.wait() == 3
    assert child.last_words(1) == "    second"


def test_an_error_leaves_its_traceback_in_the_log(make: Make) -> None:
    child = make(lambda: [][0])
    child.start()
    assert child.wait() == 1
    assert "IndexError" in child.log.read_text()


def test_it_leaves_when_asked_to(make: Make) -> None:
    child = make(sleep_long)
    child.start()
    wait_for(child.log, "asleep")
    child.stop()
    assert child.exit_code == 0


def test_one_that_does_not_listen_is_ended_after_its_time(make: Make) -> None:
    child = make(refuse_to_leave, stop_seconds=0.2)
    child.start()
    wait_for(child.log, "asleep")
    child.stop()
    assert child.exit_code == -signal.SIGKILL


def test_nothing_that_it_started_stays_behind(make: Make) -> None:
    child = make(leave_a_grandchild)
    child.start()
    wait_for(child.log, "grandchild")
    grandchild = psutil.Process(int(child.log.read_text().split()[1]))
    child.stop()
    grandchild.wait(timeout=5)


def test_it_does_not_outlive_a_supervisor_that_is_killed(make: Make, tmp_path: Path) -> None:
    log = tmp_path / "inner.log"

    def supervise() -> None:
        inner = Child("inner", sleep_long, log, 5)
        inner.start()
        os.write(1, f"{inner.pid} \n".encode())
        time.sleep(60)

    outer = make(supervise)
    outer.start()
    wait_for(outer.log, " \n")
    wait_for(log, "asleep")
    inner = psutil.Process(int(outer.log.read_text()))
    assert outer.pid is not None
    os.kill(outer.pid, signal.SIGKILL)
    inner.wait(timeout=5)


def test_a_grown_log_is_turned_over_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sincerely.config.demo.child.LARGEST_LOG_BYTES", 10)
    child = make(lambda: print("a line of words"))  # noqa: T201
    for _ in range(3):
        child.start()
        child.wait()
    assert child.log.read_text() == child.log.with_suffix(".log.1").read_text()

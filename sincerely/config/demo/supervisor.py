"""Start the demo's processes, keep them running, and stop them in order."""

from __future__ import annotations

import signal
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from types import FrameType

from .child import Child

READY_LIMIT_SECONDS = 60
RESTARTS = 3
RESTART_WINDOW_SECONDS = 60


class DemoError(Exception):
    """The demo cannot go on; the message is for the person at the terminal."""


class Supervisor:
    """Runs the children in the order given, and stops them in the opposite one.

    `keep_running` is called now and then: it looks after what the children need.
    """

    def __init__(
        self,
        children: list[Child],
        say: Callable[[str], None],
        keep_running: Callable[[], None] = lambda: None,
    ) -> None:
        self.children = children
        self._say = say
        self._keep_running = keep_running
        self._restarts: deque[float] = deque(maxlen=RESTARTS + 1)
        self._stopping = False

    def start(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        for child in self.children:
            child.start()

    def wait_until_ready(self, address: str) -> bool:
        """True when the web server answers with 200, False when somebody asks to stop."""
        deadline = time.monotonic() + READY_LIMIT_SECONDS
        seen = "no answer"
        while not self._stopping:
            self._require_all_alive()
            seen = _answer(address)
            if seen == "200":
                return True
            if time.monotonic() > deadline:
                raise DemoError(
                    f"{address} did not get ready within {READY_LIMIT_SECONDS} s ({seen}).\n"
                    + "\n".join(f"  {child.log}\n{child.last_words(6)}" for child in self.children)
                )
            time.sleep(0.05)
        return False

    def watch(self) -> None:
        """Until Ctrl-C or SIGTERM, restart who dies; give up on one that dies again and again."""
        while not self._stopping:
            self._keep_running()
            for child in self.children:
                if not child.is_alive() and not self._stopping:
                    self._restart(child)
            time.sleep(0.2)

    def stop(self) -> None:
        self._stopping = True
        for child in reversed(self.children):
            child.stop()

    def _restart(self, child: Child) -> None:
        self._restarts.append(time.monotonic())
        often = len(self._restarts) > RESTARTS
        if often and self._restarts[-1] - self._restarts[0] < RESTART_WINDOW_SECONDS:
            raise DemoError(self._ended(child, "It keeps ending, so everything is stopped."))
        self._say(self._ended(child, "It is started again."))
        time.sleep(0.5)
        child.start()

    def _require_all_alive(self) -> None:
        for child in self.children:
            if not child.is_alive():
                raise DemoError(self._ended(child, "Nothing was lost; try again."))

    def _ended(self, child: Child, then: str) -> str:
        code = child.exit_code if child.exit_code is not None else 0
        how = f"by signal {-code}" if code < 0 else f"with status {code}"
        return f"The {child.name} ended {how}. {then} Last lines of {child.log}:\n" + (
            child.last_words() or "    (nothing)"
        )

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        if self._stopping:
            self._say("Stopping already; running jobs get a minute to finish.")
        self._stopping = True


def _answer(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own http
            return str(response.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except (urllib.error.URLError, OSError) as error:
        return str(error)


def say_to_stdout(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

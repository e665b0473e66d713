from __future__ import annotations

import asyncio
import smtplib
import threading
from collections.abc import Awaitable, Callable, Iterator

import pytest

from sincerely.inbound import smtp


class Running:
    """An asyncio server in a thread of its own."""

    def __init__(self, start: Callable[[], Awaitable[asyncio.Server]]) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(start(), self.loop).result(10)  # type: ignore[arg-type]

    @property
    def port(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()


@pytest.fixture
def mailin(transactional_db: None) -> Iterator[Running]:
    """`sincerely mailin`, with a limit of 100 KB."""
    running = Running(lambda: smtp.listen("127.0.0.1", 0, largest=100_000))
    yield running
    running.stop()


@pytest.fixture
def hand_over(mailin: Running) -> Callable[..., None]:
    """Bring one mail to mailin, as the mail server in front does."""

    def send(raw: bytes, to: str = "jobs@blue-spoon.example", sender: str = "") -> None:
        with smtplib.SMTP("127.0.0.1", mailin.port, timeout=10) as server:
            server.sendmail(sender, [to], raw)

    return send

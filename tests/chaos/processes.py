"""An installation of real processes that are killed without warning and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from sincerely.config import postgres
from tests.config.conftest import kill_everything_in

# `sincerely`, by the interpreter that runs this.
SINCERELY = [sys.executable, "-c", "from sincerely.config.command import main; main()"]
CONCURRENCY = 4
COMMANDS = {
    "web": ["serve", "--workers=1"],
    "worker": ["worker", f"--concurrency={CONCURRENCY}"],
    # Sweeps are jobs as well; a second worker does them while the first is down.
    "sweeper": ["worker", f"--concurrency={CONCURRENCY}"],
}
VICTIMS = (*COMMANDS, "database")
_NO_LIMITS = dict.fromkeys(
    ("APPLICATIONS_PER_ADDRESS", "APPLICATIONS_PER_JOB", "APPLICATIONS_PER_EMAIL"), "1000000000"
)


class Installation:
    """PostgreSQL, a web server and two workers in a home folder, while the block lasts."""

    def __init__(self, home: Path, mail_port: int) -> None:
        self.home, self.port = home, _free_port()
        self.database = postgres.Server(home, report=lambda said: None)
        self._mail_port = mail_port
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Installation:
        self.database.start()
        # Of this process, too: it looks into the same database.
        os.environ |= self.environment
        return self

    def __exit__(self, *raised: object) -> None:
        for process in self._running.values():
            _kill(process)
        self.database.stop()

    @property
    def environment(self) -> dict[str, str]:
        return _NO_LIMITS | {
            "SINCERELY_HOME": str(self.home),
            "DATABASE_URL": self._address(),
            "DJANGO_SETTINGS_MODULE": "sincerely.config.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{self._mail_port}",
            "EMAIL_TIMEOUT": "5",
            "WORKER_SILENT_SECONDS": "15",
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
        }

    def tend(self) -> None:
        """Start what does not run, as an init system would."""
        self.database.keep_running()
        for name, command in COMMANDS.items():
            if name not in self._running or self._running[name].poll() is not None:
                port = [f"--port={self.port}"] if name == "web" else []
                with (self.home / f"{name}.log").open("ab") as log:
                    self._running[name] = subprocess.Popen(
                        [*SINCERELY, *command, *port],
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )

    def kill(self, victim: str) -> None:
        """kill -9 of one part, with all its processes."""
        if victim == "database":
            kill_everything_in(self.home)
        elif victim in self._running:
            _kill(self._running[victim])

    def _address(self) -> str:
        settings = postgres.connection_settings(self.home)
        user, password = quote(settings["USER"], safe=""), quote(settings["PASSWORD"], safe="")
        place = urlencode({"host": settings["HOST"], "port": settings["PORT"]})
        return f"postgresql://{user}:{password}@/{settings['NAME']}?{place}"


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

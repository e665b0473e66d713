"""Start, share and stop the embedded server."""

from __future__ import annotations

from pathlib import Path


class Server:
    def __init__(self, home: Path) -> None:
        self.home = home

"""The sink's mails as files (Maildir: written to tmp/, moved to new/), newest first."""

from __future__ import annotations

import itertools
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

_NAME = re.compile(r"\d{19}\.\d+_\d+\.sink")


@dataclass(frozen=True)
class Kept:
    """One mail of the sink; its `name` is made by us and safe in an address."""

    name: str
    raw: bytes

    @property
    def arrived(self) -> float:
        """Seconds since the epoch."""
        return int(self.name.partition(".")[0]) / 1e9

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[arg-type]

    def body(self, kind: str) -> str:
        """The part of the kind "plain" or "html", empty when there is none."""
        part = self.mail.get_body((kind,))
        return part.get_content() if part is not None else ""


class Maildir:
    """The folder `new` below `root` holds one file for each mail."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._numbers = itertools.count()

    def keep(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Write one mail with its envelope on top (RFC 5321, 4.4); returns its name."""
        for folder in ("tmp", "new", "cur"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns():019d}.{os.getpid()}_{next(self._numbers)}.sink"
        envelope = f"Return-Path: <{sender}>\r\nX-Envelope-To: <{recipient}>\r\n"
        (self.root / "tmp" / name).write_bytes(envelope.encode() + raw)
        (self.root / "tmp" / name).rename(self.root / "new" / name)
        return name

    def newest(self, most: int = 200) -> Iterator[Kept]:
        """The newest mails first."""
        names = sorted(self._names(), reverse=True)[:most]
        return (kept for name in names if (kept := self.get(name)))

    def get(self, name: str) -> Kept | None:
        """One mail by its name; None when there is none."""
        path = self.root / "new" / name
        if not _NAME.fullmatch(name) or not path.is_file():
            return None
        return Kept(name, path.read_bytes())

    def _names(self) -> list[str]:
        folder = self.root / "new"
        return [path.name for path in folder.iterdir()] if folder.is_dir() else []

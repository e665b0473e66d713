"""Mail that others collected, with what a person says it is. README.md names the sources."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One mail, as `set/name`; `label` is what it is."""

    name: str
    raw: bytes
    label: dict[str, Any]

    @property
    def is_held_out(self) -> bool:
        return is_held_out(self.name)


def is_held_out(name: str) -> bool:
    """Of each three samples one, by a hash of its name, was not looked at while writing."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def bounces() -> Iterator[Sample]:
    """Bounces, and mail that is none."""
    labels = json.loads((FOLDER / "bounces.json").read_text())
    for name, label in labels.items():
        folder, _, file = name.partition("/")
        yield Sample(name, _pack(folder).read(file), label)


def replies() -> Iterator[Sample]:
    """Answers: of `text` or `html` alone where the set has no more, else as a whole mail."""
    for row in json.loads((FOLDER / "replies.json").read_text()):
        yield Sample(row["name"], _as_mail(row), {"visible": row["visible"]})


def _as_mail(row: dict[str, Any]) -> bytes:
    if "html" in row or "text" in row:
        kind = "html" if "html" in row else "plain"
        body = row["html"] if "html" in row else row["text"]
        head = f"From: jo@example.org\nContent-Type: text/{kind}; charset=utf-8\n\n"
        return (head + body).encode()
    folder, _, file = row["name"].partition("/")
    return _pack(folder).read(file)


@cache
def _pack(folder: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(FOLDER / folder / "mails.zip")

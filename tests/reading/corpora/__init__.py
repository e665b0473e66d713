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


@cache
def _pack(folder: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(FOLDER / folder / "mails.zip")

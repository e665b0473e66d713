from __future__ import annotations

import re
from pathlib import Path

from sincerely.config import settings

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_explained_in_the_table() -> None:
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', Path(settings.__file__).read_text()))
    table = (ROOT / "docs" / "operations.md").read_text()
    explained = set(re.findall(r"`([A-Z_]+)`", table))
    assert len(read) > 10
    assert read - explained == set()

"""What the demo says when it is ready."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PLACES = (
    ("Start here", "/"),
    ("Mail that was sent", "/sink/"),
    ("Call the phone line", "/phone/"),
    ("Sign in", "/accounts/login/"),
)
COLUMNS = ("name", "role", "employer", "email", "password")


def welcome(address: str, home: Path, seconds: float) -> str:
    """Addresses and logins, as one block that is easy to read and to copy from."""
    lines = ["", f"  sincerely is ready ({seconds:.1f} s).", ""]
    lines += [f"    {name:<20}{address}{path}" for name, path in PLACES]
    lines += ["", *_logins(home), f"  Data and logs: {home}", "  Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def _logins(home: Path) -> list[str]:
    """The demo's people, as `load_demo` left them: a list of objects with name, email and so on."""
    try:
        people: list[dict[str, Any]] = json.loads((home / "demo-logins.json").read_text())
    except (OSError, ValueError):
        return []
    rows = [[str(one.get(column, "")) for column in COLUMNS] for one in people]
    widths = [max(map(len, cells)) + 2 for cells in zip(*rows, strict=True)]
    table = [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return ["  People you can be:", "", *(f"    {row}" for row in table), ""]

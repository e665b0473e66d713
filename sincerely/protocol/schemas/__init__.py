"""The published JSON Schemas: facts in, verdict out, and an employer's policy."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

NAMES = ("facts", "verdict", "follow-up-policy")


@lru_cache(maxsize=len(NAMES))
def schema_text(name: str) -> str:
    """The schema as it is published. Raises ``KeyError`` for a name that is not in ``NAMES``."""
    if name not in NAMES:
        raise KeyError(name)
    return (files(__name__) / f"{name}.json").read_text(encoding="utf-8")


def schema(name: str) -> dict[str, Any]:
    """The schema as Python objects."""
    document: dict[str, Any] = json.loads(schema_text(name))
    return document

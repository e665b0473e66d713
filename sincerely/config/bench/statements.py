"""How many statements a request needs, counted in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed within the block."""
    seen: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        seen.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def statements_of(client: Client, path: str, form: dict[str, Any] | None = None) -> int:
    """Of the second request for a path: the first one fills what a process keeps in memory."""
    for _ in range(2):
        with counted() as seen:
            answer = client.get(path) if form is None else client.post(path, form)
        if answer.status_code >= 400:
            raise RuntimeError(f"{path} answers {answer.status_code}.")
    return len(seen)

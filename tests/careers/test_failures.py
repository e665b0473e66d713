"""When the house itself fails: what is said, and what is kept."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from tests.careers.conftest import applications, resume, text_of

Send = Callable[..., HttpResponse]


class FullDisk:
    """A storage on a disk with no room left."""

    def save(self, name: str, content: Any, max_length: int | None = None) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


@contextmanager
def database_down() -> Iterator[None]:
    def refuse(*arguments: Any) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield


def test_a_full_disk_keeps_the_text_and_writes_nothing_half(
    send: Send, diner: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sincerely.documents.models.default_storage", FullDisk())
    answer = send(resume=resume())
    page = text_of(answer)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "We could not store your file. The fault is ours." in page
    assert 'value="Jo Smith"' in page
    assert "read out this code" in page
    assert applications(diner) == []
    with diner.scope():
        assert not Document.objects.exists()
    monkeypatch.undo()
    assert send(resume=resume()).status_code == 303


def test_a_file_that_breaks_off_leaves_nothing_behind(diner: Employer) -> None:
    class Breaking:
        def chunks(self) -> Iterator[bytes]:
            yield b"half"
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        default_storage.save("x/ab/abcd", Breaking())  # type: ignore[arg-type]
    assert [path for path in Path(default_storage.path("x")).rglob("*") if path.is_file()] == []


def test_a_database_that_is_down_is_said_with_a_code(send: Send, cook: object) -> None:
    visitor = Client(raise_request_exception=False)
    with database_down():
        answer = send(client=visitor, resume=resume())
    page = text_of(answer)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "your browser keeps what you typed" in page
    assert 'class="code"' in page


def test_a_failure_of_our_own_has_a_code_too(
    visitor: Client, cook: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("sincerely.careers.pages.job_posting", fail)
    answer = Client(raise_request_exception=False).get("/e/blue-spoon/jobs/line-cook/")
    assert answer.status_code == 500
    assert 'class="code"' in text_of(answer)

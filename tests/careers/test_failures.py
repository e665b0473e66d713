"""When the house itself fails: what is said, and what is kept."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.careers.conftest import applications, resume, text_of
from tests.outbox.conftest import free_port
from tests.outbox.mail_server import Manners, Server
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers

Send = Callable[..., HttpResponse]
State = Message.State


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
    assert "Your application counts from now on" in page
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


def test_a_disk_that_is_full_while_the_file_comes_in_is_said_with_a_code(
    send: Send, diner: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    writes = "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk"
    monkeypatch.setattr(writes, full)
    large = resume(papers.pdf() + b"%" * 600_000)
    answer = send(client=Client(raise_request_exception=False), resume=large)
    assert answer.status_code == 503
    assert "We cannot store files just now." in text_of(answer)
    assert 'class="code"' in text_of(answer)
    assert applications(diner) == []


def test_a_mail_server_that_is_down_for_hours_delays_the_receipt_and_nothing_else(
    send: Send, visitor: Client, diner: Employer, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    began = clock.now()
    assert "We have it" in text_of(visitor.get(send().headers["Location"]))
    for minutes in range(0, 6 * 60, 10):
        with clock.clock_at(began + dt.timedelta(minutes=minutes)):
            run_due_jobs()
    (jo,) = applications(diner)
    with diner.scope():
        assert jo.receipt.state == State.QUEUED
    manners = Manners()
    server = Server(manners, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        with clock.clock_at(began + dt.timedelta(hours=7)):
            run_due_jobs()
    finally:
        server.stop()
    with diner.scope():
        assert jo.receipt.state == State.SENT
    assert [got.recipients for got in manners.got] == [["jo@example.org"]]


def test_a_form_needs_no_session_so_none_can_end_while_somebody_writes(
    send: Send, diner: Employer
) -> None:
    someone = Client(enforce_csrf_checks=True)
    token = send(client=someone, email="jo", resume=resume()).context["form"].kept_file_token
    another_day = Client(enforce_csrf_checks=True)
    assert send(client=another_day, kept_file=token).status_code == 303
    (jo,) = applications(diner)
    assert jo.document.name == "jo-smith.pdf"


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

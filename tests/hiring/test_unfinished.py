"""Files of forms that were never finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document, KeptFile
from sincerely.documents.uploads import judge, store
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.jobs import sweep_kept_files
from sincerely.hiring.models import Application, ApplicationDraft, Job
from sincerely.hiring.unfinished import forget
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers

pytestmark = pytest.mark.usefixtures("at_diner")
Sweep = Callable[[], list[str]]


@pytest.fixture
def key() -> UUID:
    return uuid7()


@pytest.fixture
def kept(at_diner: Employer, key: UUID) -> Document:
    """The file of a form that was shown again. Each test has a content of its own."""
    return keep(key, str(key))


def keep(form_key: UUID, content: str) -> Document:
    upload = SimpleUploadedFile("jo.pdf", papers.pdf([content]))
    document = store(upload, judge(upload), form_key=form_key)
    document.keep_for_later(form_key)
    return document


@pytest.fixture
def sweep(kept: Document) -> Iterator[Sweep]:
    """Let the time pass in which it might be finished, and what runs every hour run."""

    def run() -> list[str]:
        sweep_kept_files.func(0)
        return run_due_jobs()

    run_due_jobs()
    later = clock.now() + dt.timedelta(days=settings.UNFINISHED_FILE_DAYS + 1, minutes=1)
    with clock.clock_at(later):
        yield run


def send(job: Job, key: UUID, document: Document, email: str = "jo@example.org") -> None:
    receive(job, Submission(id=key, name="Jo Smith", email=email, document=document))


def test_the_file_of_a_form_never_finished_is_deleted_with_its_text(
    kept: Document, sweep: Sweep
) -> None:
    assert Document.objects.get().text
    assert sweep() == ["forget_kept_file"]
    assert not Document.objects.exists()
    assert not KeptFile.objects.exists()
    assert not default_storage.exists(kept.path)
    assert sweep() == []


def test_before_its_time_nothing_is_deleted(kept: Document) -> None:
    later = clock.now() + dt.timedelta(days=settings.UNFINISHED_FILE_DAYS)
    with clock.clock_at(later):
        sweep_kept_files.func(0)
        run_due_jobs()
    assert default_storage.exists(kept.path)


def test_the_file_of_a_finished_form_stays(
    kept: Document, key: UUID, cook: Job, sweep: Sweep
) -> None:
    send(cook, key, kept)
    sweep()
    assert Application.objects.get().document == kept
    assert default_storage.exists(kept.path)
    assert not KeptFile.objects.exists()


def test_the_file_of_a_form_that_came_too_late_stays(
    kept: Document, key: UUID, cook: Job, sweep: Sweep, rosa: Any
) -> None:
    cook.pause(by=rosa)
    send(cook, key, kept)
    sweep()
    assert ApplicationDraft.objects.get().document == kept
    assert default_storage.exists(kept.path)


def test_the_file_of_who_applied_again_stays(
    kept: Document, key: UUID, cook: Job, jo: Application, sweep: Sweep
) -> None:
    send(cook, key, kept, email=jo.email)
    sweep()
    assert jo.events().get(kind="applied_again").data["document"] == str(kept.pk)
    assert default_storage.exists(kept.path)


def test_the_same_content_in_a_finished_form_stays(
    kept: Document, cook: Job, sweep: Sweep, key: UUID
) -> None:
    other = keep(another := uuid7(), str(key))
    send(cook, another, other)
    sweep()
    assert list(Document.objects.all()) == [other]
    assert other.path == kept.path
    assert default_storage.exists(kept.path)


def test_forgetting_may_run_twice(kept: Document, sweep: Sweep) -> None:
    row = KeptFile.objects.select_related("document").get()
    assert forget(row)
    assert not forget(row)

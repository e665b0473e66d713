from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import LazySettings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Job, Question
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from tests.reading import papers

TODAY = dt.datetime(2026, 12, 3, 12, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture(autouse=True)
def files_of_the_test(settings: LazySettings, tmp_path: Path) -> None:
    """Uploads of one test do not stay for the next."""
    options = {"BACKEND": "sincerely.documents.storage.DurableStorage"}
    settings.STORAGES = settings.STORAGES | {
        "default": options | {"OPTIONS": {"location": tmp_path / "files"}}
    }
    storages._storages.clear()


@pytest.fixture
def visitor() -> Client:
    """Somebody without a login."""
    return Client()


@pytest.fixture
def thursday(db: None) -> Iterator[None]:
    """It is noon on a Thursday in New York."""
    with clock.clock_at(TODAY):
        yield


@pytest.fixture
def warm(diner: Employer) -> None:
    """The diner's setup is in memory, as it is after the first page."""
    setup_of(diner)


def resume(content: bytes | None = None, name: str = "jo-smith.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, papers.pdf() if content is None else content)


def ask(job: Job, text: str, kind: str = Question.Kind.SHORT, **more: Any) -> Question:
    """Add a question to a job."""
    with job.employer.scope():
        more.setdefault("position", Question.objects.filter(job=job).count())
        return Question.objects.create(job=job, text=text, kind=kind, **more)


@pytest.fixture
def send(visitor: Client, cook: Job) -> Callable[..., HttpResponse]:
    """Send the form of the cook's job: `send(name="Jo")`; None leaves a field out."""

    def post(job: Job = cook, client: Client = visitor, **given: Any) -> HttpResponse:
        fields = {
            "name": "Jo Smith",
            "email": "jo@example.org",
            "phone": "",
            "form_key": str(uuid7()),
        } | given
        fields = {key: value for key, value in fields.items() if value is not None}
        return client.post(f"/e/{job.employer.slug}/jobs/{job.slug}/apply/", fields)

    return post


def applications(employer: Employer) -> list[Application]:
    with employer.scope():
        return list(Application.objects.for_page().order_by("applied_at"))


def text_of(response: HttpResponse) -> str:
    """The page's text as one line, tags and all."""
    return " ".join(response.content.decode().split())

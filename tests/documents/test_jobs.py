from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sincerely.accounts.models import Employer
from sincerely.documents.jobs import read_document
from sincerely.documents.models import Document
from sincerely.documents.uploads import judge, store
from sincerely.kernel.ids import uuid7
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers


def kept(content: bytes, name: str) -> Document:
    file = SimpleUploadedFile(name, content)
    document = store(file, judge(file), form_key=uuid7())
    document.keep()
    return document


def read(document: Document) -> Document:
    run_due_jobs()
    document.refresh_from_db()
    return document


def test_text_and_resume_are_read_and_stored(at_diner: Employer) -> None:
    document = read(kept(papers.docx(), "jo.docx"))
    assert document.reading == "read"
    assert "Ran the grill on weekends" in document.text
    assert document.resume["basics"]["email"] == "jo.murphy@example.org"


def test_a_file_that_cannot_be_read_is_noted(at_diner: Employer) -> None:
    document = read(kept(papers.encrypted_pdf(), "jo.pdf"))
    assert (document.reading, document.problem, document.text) == ("failed", "encrypted", "")


def test_a_file_that_was_lost_is_noted(at_diner: Employer) -> None:
    document = kept(papers.pdf(["Lost"]), "jo.pdf")
    Path(default_storage.path(document.path)).unlink()
    assert (read(document).reading, document.problem) == ("failed", "lost")


def test_a_document_that_was_deleted_is_no_error(at_diner: Employer) -> None:
    kept(papers.pdf(), "jo.pdf").delete()
    assert run_due_jobs() == ["read_document"]


def test_reading_twice_keeps_what_was_read(at_diner: Employer) -> None:
    document = read(kept(papers.docx(), "jo.docx"))
    Path(default_storage.path(document.path)).unlink()
    read_document.func(str(at_diner.pk), str(document.pk))
    document.refresh_from_db()
    assert document.reading == "read"

from __future__ import annotations

import datetime as dt
import errno
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.documents import uploads
from sincerely.documents.models import Document, KeptFile
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from tests.plugins.jobs import waiting_jobs
from tests.reading import papers


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def keep(content: bytes = papers.pdf(), name: str = "jo.pdf", **more: Any) -> Document:
    file = upload(content, name)
    kind = uploads.judge(file, pictures=more.get("pictures", False))
    document = uploads.store(file, kind, form_key=more.get("form_key") or uuid7())
    document.keep()
    return document


def test_a_file_is_kept_and_read_later_in_one_statement(at_diner: Employer) -> None:
    with CaptureQueriesContext(connection) as queries:
        document = keep()
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) == 1
    assert [name for name, _ in waiting_jobs()] == ["read_document"]
    with document.open() as file:
        assert file.read() == papers.pdf()


def test_the_same_file_in_the_same_form_is_one_row(at_diner: Employer) -> None:
    key = uuid7()
    first, again = keep(form_key=key), keep(form_key=key)
    other_file, other_form = keep(papers.pdf(["Ann"]), form_key=key), keep()
    assert first.pk == again.pk
    assert len({first.pk, other_file.pk, other_form.pk}) == 3
    assert Document.objects.count() == 3


def test_a_name_that_hides_what_a_file_is_is_made_plain(at_diner: Employer) -> None:
    assert keep(name="jo\u202efdp.pdf").name == "jofdp.pdf"
    assert keep(name="x" * 300 + ".pdf").name.endswith(".pdf")


def test_a_program_in_the_clothes_of_a_document_is_refused(at_diner: Employer) -> None:
    with pytest.raises(uploads.UploadRefused, match="This is a program"):
        uploads.judge(upload(b"MZ" + bytes(99), "jo.pdf"))


def test_a_photo_is_kept_without_a_job_and_is_no_failure(at_diner: Employer) -> None:
    document = keep(b"\xff\xd8\xff\xe0photo", "paper.jpg", pictures=True)
    assert (document.kind, document.problem) == ("jpeg", "image-only")
    assert document.is_picture
    assert not document.could_not_be_read
    assert waiting_jobs() == []


def test_a_file_that_nobody_can_read_is_kept_without_a_job(at_diner: Employer) -> None:
    document = keep(papers.ole("EncryptedPackage"), "jo.docx")
    assert (document.kind, document.problem) == ("docx", "encrypted")
    assert document.could_not_be_read
    assert waiting_jobs() == []


def keep_for_later(content: bytes = papers.pdf(), **more: Any) -> Document:
    file = upload(content, "jo.pdf")
    key = more.get("form_key") or uuid7()
    document = uploads.store(file, uploads.judge(file), form_key=key)
    document.keep_for_later(key)
    return document


def test_a_token_is_good_for_its_own_employer_only(at_diner: Employer, hospital: Employer) -> None:
    token = uploads.token_of(keep_for_later())
    assert uploads.kept(token)
    assert uploads.kept(token + "x") is None
    assert uploads.kept("") is None
    with hospital.scope():
        assert uploads.kept(token) is None


def test_a_token_ends_with_the_time_that_its_file_is_kept(
    at_diner: Employer, settings: LazySettings
) -> None:
    token = uploads.token_of(keep_for_later())
    later = clock.now() + dt.timedelta(days=settings.UNFINISHED_FILE_DAYS)
    with clock.clock_at(later - dt.timedelta(minutes=1)):
        assert uploads.kept(token)
    with clock.clock_at(later):
        assert uploads.kept(token) is None


def test_a_form_that_is_shown_again_many_times_keeps_one_file_once(at_diner: Employer) -> None:
    key = uuid7()
    assert keep_for_later(form_key=key) == keep_for_later(form_key=key)
    assert KeptFile.objects.count() == Document.objects.count() == 1


def test_a_finished_form_leaves_nothing_to_sweep(at_diner: Employer) -> None:
    keep()
    assert not KeptFile.objects.exists()


def test_a_disk_without_room_leaves_no_row(
    at_diner: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any, **more: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.default_storage.save", full)
    with pytest.raises(uploads.StorageFailed) as refused:
        keep()
    assert refused.value.errno == errno.ENOSPC


def test_a_body_beyond_the_limit_is_not_read(settings: LazySettings) -> None:
    limit = settings.MAX_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    handler = uploads.BoundedUploadHandler()
    handler.handle_raw_input(None, {}, limit, b"")
    with pytest.raises(uploads.UploadTooLarge):
        handler.handle_raw_input(None, {}, limit + 1, b"")

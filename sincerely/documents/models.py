"""Uploaded files: what was received, under which hash it lies, and the text read from it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet
from sincerely.kernel.rows import Together
from sincerely.kernel.tenancy import current_employer_id


class Reading(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read"
    FAILED = "failed", "Could not be read"


class DocumentQuerySet(TenantQuerySet):
    def receive(self, upload: File, *, name: str, kind: str, **more: Any) -> Document:
        """Store an uploaded file as `store` does, and write its row."""
        document = self.store(upload, name=name, kind=kind, **more)
        document.save(force_insert=True)
        return document

    def store(
        self,
        upload: File,
        *,
        name: str,
        kind: str,
        row_id: Callable[[str], UUID] = lambda digest: uuid7(),
        problem: str = "",
    ) -> Document:
        """Keep an uploaded file under the hash of its content; the row is for the caller to write.

        `kind` is one of reading.kind's ("pdf", "docx", …). The file is on disk, synced, before the
        row exists. Raises OSError when the disk is full; nothing is written then. `row_id` makes
        the row's id from the hash. `problem` says that the file cannot be read, where that shows
        at once.
        """
        digest, size = _hash(upload)
        path = path_of(digest)
        default_storage.save(path, upload)
        return Document(
            id=row_id(digest),
            name=name[-200:],
            kind=kind,
            size=size,
            sha256=digest,
            path=path,
            problem=problem,
            reading=Reading.FAILED if problem else Reading.WAITING,
        )


class Document(TenantModel):
    """One file as the applicant sent it, with its text once that has been read."""

    employer = EmployerKey(related_name="documents")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    received_at = models.DateTimeField(default=clock.now)
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.WAITING)
    problem = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    resume = models.JSONField(default=dict)

    objects: ClassVar[Any] = TenantManager.from_queryset(DocumentQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "reading", "received_at"], name="document_reading"),
            models.Index(fields=["employer", "sha256"], name="document_content"),
        ]

    def __str__(self) -> str:
        return self.name

    def keep(self) -> None:
        """Write the row of a file that was stored, and have it read."""
        together = Together()
        self.join(together)
        together.write()

    def keep_for_later(self, form_key: UUID) -> None:
        """The same for a form that is shown again: the file goes when that is never finished."""
        if self._state.adding:
            until = clock.now() + dt.timedelta(days=settings.UNFINISHED_FILE_DAYS)
            together = Together()
            self.join(together)
            unfinished = KeptFile(document=self, form_key=form_key, until=until)
            together.insert(unfinished, unless_there=True)
            together.write()

    def join(self, together: Together) -> None:
        """Have the row, unless it is there, and the job that reads it written with others."""
        from sincerely.documents.jobs import reading_of

        if self._state.adding:
            together.insert(self, unless_there=True)
            if not self.problem:
                together.defer(reading_of(self))

    def open(self) -> Any:
        """The stored bytes as a file, opened for reading."""
        return default_storage.open(self.path, "rb")

    def keep_text(self, text: str, *, resume: dict[str, Any], problem: str = "") -> None:
        """Store what was read from the file, or why it could not be read."""
        self.text, self.resume, self.problem = text, resume, problem
        self.reading = Reading.FAILED if problem else Reading.READ
        # Not save(): a row that was deleted meanwhile is no error.
        type(self).objects.filter(pk=self.pk).update(
            text=text, resume=resume, problem=problem, reading=self.reading
        )

    @property
    def is_picture(self) -> bool:
        """A photo, which has no text to read, and which any browser shows."""
        return self.kind in ("jpeg", "png")

    @property
    def could_not_be_read(self) -> bool:
        """Whether its text is missing for good; a person can still open the file."""
        return self.reading == Reading.FAILED and not self.is_picture


class KeptFile(TenantModel):
    """The file of a form that was shown again, so that it need not be chosen again until `until`.

    `form_key` is the form's own key. The document belongs to nobody yet: who never finishes the
    form leaves a row here, by which it is found and deleted.
    """

    document = TenantForeignKey(Document, on_delete_cascade=True, related_name="+")
    form_key = models.UUIDField()
    until = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "document"], name="kept_file_once")
        ]
        indexes = [models.Index(fields=["employer", "until"], name="kept_file_until")]

    def __str__(self) -> str:
        return f"{self.document} until {self.until:%d %B %Y}"


def path_of(digest: str) -> str:
    """Where content with this hash lies in the storage, for the current employer."""
    return f"{current_employer_id()}/{digest[:2]}/{digest}"


def _hash(upload: File) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
        size += len(chunk)
    upload.seek(0)
    return digest.hexdigest(), size

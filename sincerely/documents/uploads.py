"""Files that strangers upload: refused while they stream in, judged by content, kept at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParser

from sincerely.documents.models import Document, KeptFile
from sincerely.documents.small_form import Form, read_form
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid_of
from sincerely.kernel.text import one_line
from sincerely.reading.kind import (
    ACCEPTED_EXTENSIONS,
    PICTURE_TYPES,
    Kind,
    extension_of,
    kind_of,
)
from sincerely.reading.problems import Problem

__all__ = ["ACCEPTED_EXTENSIONS"]

# What a file chooser is told beside them: a tablet then offers its camera.
ACCEPTED_PICTURES = tuple(PICTURE_TYPES.values())
# Kept although nothing can read them: a person can still open one, or ask for another.
_KEPT_ANYWAY = {Problem.ENCRYPTED, Problem.CORRUPT}
_KINDS = {".htm": "html", ".text": "txt"}
_SALT = "sincerely.kept-file"


class UploadTooLarge(RequestDataTooBig):
    """More than MAX_UPLOAD_BYTES and some text; answered with 413 (config/failures.py)."""


class UploadRefused(ValueError):
    """A file of a kind that we do not take. The text says which and what to do."""


class StorageFailed(OSError):
    """The file could not be written: the disk is full, or gone. Nothing was kept."""


class BoundedUploadHandler(FileUploadHandler):
    """Stands first in FILE_UPLOAD_HANDLERS: stops a body that is too large before it is read, and
    reads one of ordinary size at once."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> Form | None:
        if content_length > settings.MAX_UPLOAD_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise UploadTooLarge(f"A body of {content_length} bytes.")
        in_memory = min(settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        if content_length > in_memory or (encoding or "utf-8").lower() != "utf-8":
            return None
        body = input_data.read(content_length)
        return read_form(body, boundary) or self._read_piecemeal(META, body, encoding)

    def _read_piecemeal(self, META: Any, body: bytes, encoding: str | None) -> Form:
        """By Django's parser, with the handlers after this one."""
        assert self.request is not None
        others = [handler for handler in self.request.upload_handlers if handler is not self]
        return MultiPartParser(META, BytesIO(body), others, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file belongs to the handler after this one."""


def body_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read the whole form before the view asks the database anything.

    A slow upload then holds a thread, but no connection.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.POST  # noqa: B018 - reading it is what parses the body
        except UnreadablePostError:
            return HttpResponse(status=400)  # the browser has gone
        except OSError as error:
            raise StorageFailed(*error.args) from error
        return view(request, *args, **kwargs)

    return read


def judge(upload: UploadedFile, *, pictures: bool = False) -> Kind:
    """What an upload is, by its content and name; raises UploadRefused.

    With `pictures`, a photo (JPEG, PNG) is taken, too.
    """
    file, name = cast("BinaryIO", upload.file), upload.name or ""
    kind = kind_of(file, name, max_bytes=settings.MAX_UPLOAD_BYTES, pictures=pictures)
    if kind.problem and kind.problem not in _KEPT_ANYWAY:
        raise UploadRefused(kind.sentence)
    return kind


def store(upload: UploadedFile, kind: Kind, *, form_key: UUID) -> Document:
    """Store a judged upload for the current employer. Its row is not written: that is for what it
    came with, or for `Document.keep()`.

    The same file in the same form is one row, however often it is sent. Raises StorageFailed, with
    nothing written.
    """
    try:
        return Document.objects.store(
            upload,
            name=one_line(upload.name or "") or "resume",
            kind=_kind_name(kind, upload.name or ""),
            row_id=lambda digest: uuid_of(form_key, bytes.fromhex(digest)),
            problem=kind.problem or _without_text(kind),
        )
    except OSError as error:
        raise StorageFailed(*error.args) from error


def token_of(document: Document) -> str:
    """What a form carries so that its file need not be sent again."""
    return signing.dumps([str(document.employer_id), str(document.pk)], salt=_SALT, compress=False)


def kept(token: str) -> Document | None:
    """The current employer's document for a token of `token_of`; None when it is not valid, or
    when the file is not kept any more."""
    try:
        employer_id, document_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    rows = KeptFile.objects.select_related("document").defer("document__text", "document__resume")
    found = rows.filter(document=UUID(document_id), until__gt=clock.now()).first()
    return found.document if found and str(found.employer_id) == employer_id else None


def _without_text(kind: Kind) -> str:
    """A picture needs no reading to say that it has no text."""
    return Problem.IMAGE_ONLY if kind.name in PICTURE_TYPES else ""


def _kind_name(kind: Kind, name: str) -> str:
    """A damaged or locked file is called what its name says it is."""
    if kind.accepted:
        return kind.name
    extension = extension_of(name)
    return _KINDS.get(extension, extension.lstrip("."))[:10]

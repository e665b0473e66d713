"""A form of ordinary size, read at once.

Django's parser works through a body piece by piece, because it may be of any size and shape. Where
a body fits in memory, and each part looks as browsers write it (HTML, "multipart form data"; RFC
7578), cutting it at its boundaries gives the same in a quarter of the time. Whatever looks
otherwise is left to Django's parser; tests/documents/test_small_form.py compares the two.
"""

from __future__ import annotations

import re
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Form = tuple[QueryDict, "MultiValueDict[str, UploadedFile]"]

# A name in which nothing is escaped; a file's name without folders, too.
_HEAD = re.compile(
    rb'Content-Disposition: form-data; name="([!#-&(-:<-\[\]-~]+)"'
    rb'(?:; filename="([^\x00-\x1f"&/\\\x7f]*)"\r\nContent-Type: ([\w.+-]+/[\w.+-]+))?'
)


def read_form(body: bytes, boundary: bytes) -> Form | None:
    """The fields and files of a body in UTF-8; None when something about it is unusual."""
    delimiter = b"\r\n--" + boundary
    start, *parts, end = (b"\r\n" + body).split(delimiter)
    if start or end not in {b"--", b"--\r\n"}:
        return None
    # Django cuts at a boundary within a line, too.
    if body.count(delimiter[2:]) != len(parts) + 1:
        return None
    fields = QueryDict(mutable=True)
    files: MultiValueDict[str, UploadedFile] = MultiValueDict()
    if not all(_read_part(part, fields, files) for part in parts) or _are_many(fields, files):
        return None
    fields._mutable = False  # type: ignore[attr-defined]
    return fields, files


def _are_many(fields: QueryDict, files: MultiValueDict[str, UploadedFile]) -> bool:
    """More than are allowed, which Django tells in its own way."""
    number, files_number = (
        sum(len(several) for _, several in given.lists()) for given in (fields, files)
    )
    return (
        number > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        or files_number > settings.DATA_UPLOAD_MAX_NUMBER_FILES
    )


def _read_part(part: bytes, fields: QueryDict, files: MultiValueDict[str, UploadedFile]) -> bool:
    """Add one part; says whether it looks as browsers write it."""
    head, _, content = part.partition(b"\r\n\r\n")
    match = _HEAD.fullmatch(head, 2) if head.startswith(b"\r\n") else None
    if match is None:
        return False
    name = match[1].decode()
    if match[2]:
        return _add_file(files, name, match[2], match[3].decode(), content)
    # A field; or a file that was not chosen, which Django takes for one.
    fields.appendlist(name, content.decode(errors="replace"))
    return True


def _add_file(
    files: MultiValueDict[str, UploadedFile], field: str, name: bytes, kind: str, content: bytes
) -> bool:
    try:
        file_name = name.decode()
    except UnicodeDecodeError:
        return False
    if not file_name.isprintable() or file_name in {".", ".."}:
        return False
    size, stream = len(content), BytesIO(content)
    files.appendlist(field, InMemoryUploadedFile(stream, field, file_name, kind, size, None, {}))
    return True

"""The files of a mail: through the same checks as those of the form, stored in the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat

from sincerely.documents.models import Document
from sincerely.documents.uploads import UploadRefused, judge, store
from sincerely.reading.letter import File, Letter

MOST = 5
_RESUME = re.compile(r"resum|curricul|lebenslauf|\bcv\b|(^|[^a-z])cv([^a-z]|$)", re.IGNORECASE)


@dataclass
class Taken:
    """`documents`, the resume first; their rows are not written. `refused` says of each other file
    why it was not taken, in a sentence."""

    documents: list[Document] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def take_files(letter: Letter, key: UUID, *, cut: bool = False) -> Taken:
    """Store what came with a letter, for the current employer. `key` makes the documents' ids, so
    that the same mail read twice has them once; of a mail that was `cut` no file is whole.

    Raises StorageFailed.
    """
    taken = Taken()
    files = [file for file in letter.files if not file.shown]
    if cut:
        most = filesizeformat(settings.INBOUND_MAX_BYTES).replace("\xa0", " ")
        taken.refused.append(f"Your mail was larger than {most}, so its files did not arrive.")
        return taken
    for file in sorted(files, key=_rank)[:MOST]:
        _take(file, key, taken)
    if left := len(files) - MOST + letter.more_files if len(files) > MOST else letter.more_files:
        taken.refused.append(f"We took {MOST} files; {left} more did not fit.")
    return taken


def _take(file: File, key: UUID, taken: Taken) -> None:
    upload = SimpleUploadedFile(file.name, file.content)
    try:
        kind = judge(upload, pictures=True)
    except UploadRefused as refusal:
        taken.refused.append(f"We could not take your file {file.name[:80]}. {refusal}")
        return
    taken.documents.append(store(upload, kind, form_key=key))


def _rank(file: File) -> tuple[bool, bool]:
    """What calls itself a resume goes first, a picture last."""
    return not _RESUME.search(file.name), file.name.lower().endswith((".png", ".jpg", ".jpeg"))

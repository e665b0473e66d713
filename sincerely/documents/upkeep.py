"""Stored files that no row names: left by a form never finished, or by a write that was cut off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage

from sincerely.accounts.models import Employer
from sincerely.documents.models import Document, path_of
from sincerely.kernel.tenancy import current_employer_id


def discard_content(digest: str) -> bool:
    """Delete the current employer's file with this hash, unless a row names it; whether it did."""
    return not _named([digest]) and default_storage.discard(path_of(digest))  # type: ignore[attr-defined]


def discard_strays() -> int:
    """Delete what no row of the current employer names and nobody has sent lately; how many.

    What a killed worker had half written lies there under a name that is no hash, after a dot.
    """
    home, gone = str(current_employer_id()), 0
    for folder in default_storage.listdir(home)[0]:
        names = default_storage.listdir(f"{home}/{folder}")[1]
        named = _named(name.lstrip(".") for name in names)
        strays = [name for name in names if name.lstrip(".") not in named]
        gone += sum(_discard_stray(f"{home}/{folder}/{name}") for name in strays)
    return gone


def employers_with_files() -> list[UUID]:
    """Known employers alone: a database that was put in place of another, by a mistake or for a
    while, must not cost anybody their files."""
    # A fresh installation has no folder for files yet.
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    ids = [folder for folder in folders if _is_key(folder)]
    return list(Employer.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _named(digests: Iterable[str]) -> set[str]:
    rows = Document.objects.filter(sha256__in=list(digests))
    return set(rows.values_list("sha256", flat=True))


def _discard_stray(name: str) -> bool:
    # Long enough to notice that a restored database lacks the newest rows.
    days = dt.timedelta(days=settings.UNFINISHED_FILE_DAYS)
    return bool(default_storage.discard(name, untouched_for=days))  # type: ignore[attr-defined]


def _is_key(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False

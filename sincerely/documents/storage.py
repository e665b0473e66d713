"""Files on disk that are there for good once `save` has returned."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

# Longer than a form that names a file can take to be written to the database.
TOUCHED_LATELY = dt.timedelta(days=1)


@deconstructible(path="sincerely.documents.storage.DurableStorage")
class DurableStorage(FileSystemStorage):
    """Django's file storage, written to a neighbour first, synced, then renamed into place.

    Names are content hashes, so a name that exists holds the same bytes and is left as it is, but
    for its time: that says when somebody last sent this content.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def discard(self, name: str, *, untouched_for: dt.timedelta = TOUCHED_LATELY) -> bool:
        """Delete a file that no row names; says whether it is gone.

        One that was sent (again) within `untouched_for` stays: the row that will name it may not
        be written yet. It is taken away first and looked at then, so that who sends it at this very
        moment either has touched it before, and it comes back, or finds it gone and writes it anew.
        """
        path = Path(self.path(name))
        aside = path.with_name(f".{path.name}")
        try:
            if not _is_untouched(path, untouched_for):
                return False
            path.replace(aside)
        except FileNotFoundError:
            return True
        gone = _is_untouched(aside, untouched_for)
        if not gone:
            with contextlib.suppress(FileExistsError):
                os.link(aside, path)
        aside.unlink()
        return gone

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        if not _touched(path):
            _make(path.parent)
            self._write(path, content)
        return name

    def _write(self, path: Path, content: Any) -> None:
        beside = path.with_name(f".{uuid7().hex}")
        try:
            with beside.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            # Without this a power cut may take the new name, with all that is under it. Nothing is
            # gathered here: the file system writes the syncs of several requests at once by itself
            # (8 clients on ext4: no slower than without it).
            _sync(path.parent)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _touched(path: Path) -> bool:
    """Whether the file is there; it counts as sent now."""
    now = clock.now().timestamp()
    try:
        os.utime(path, (now, now))
    except FileNotFoundError:
        return False
    return True


def _is_untouched(path: Path, since: dt.timedelta) -> bool:
    return clock.now().timestamp() - path.stat().st_mtime > since.total_seconds()


def _make(folder: Path) -> None:
    """Create a folder and those above it, there for good."""
    if not folder.exists():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

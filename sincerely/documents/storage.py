"""Files on disk that are there for good once `save` has returned."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from sincerely.kernel.ids import uuid7


@deconstructible(path="sincerely.documents.storage.DurableStorage")
class DurableStorage(FileSystemStorage):
    """Django's file storage, written to a neighbour first, synced, then renamed into place.

    Names are content hashes, so a name that exists holds the same bytes and is left as it is.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
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
        except OSError:
            beside.unlink(missing_ok=True)
            raise

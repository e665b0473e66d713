"""`sincerely read resume|bounce|reply FILE…`: what the product makes of a file, as JSON."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sincerely.documents.sandbox import read_resume
from sincerely.reading.bounce import Bounce, read_bounce
from sincerely.reading.reply import Reply, read_reply

_LARGEST_MAIL = 50 * 1024 * 1024


class Command(BaseCommand):
    help = "Read resumes (as JSON Resume), bounces or replies: one JSON line a file, no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(READERS))
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        read = READERS[options["what"]]
        failed = False
        for path in options["files"]:
            try:
                found = read(path)
            except OSError as error:
                found = {"error": "unreadable", "message": error.strerror or str(error)}
            failed |= "error" in found
            self.stdout.write(json.dumps({"file": str(path), **found}, ensure_ascii=False))
        if failed:
            sys.exit(1)


def _resume(path: Path) -> dict[str, Any]:
    document = read_resume(path, path.name)
    if document.problem:
        return {"error": str(document.problem), "message": document.sentence}
    return dict(document.resume)


def _bounce(path: Path) -> dict[str, Any]:
    return _mail(read_bounce(_bytes(path)))


def _reply(path: Path) -> dict[str, Any]:
    return _mail(read_reply(_bytes(path)))


def _mail(found: Bounce | Reply) -> dict[str, Any]:
    if found.problem:
        return {"error": "refused", "message": found.problem}
    return found.as_json()


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST_MAIL)


READERS = {"resume": _resume, "bounce": _bounce, "reply": _reply}

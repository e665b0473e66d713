"""Tasks that only the tests of the worker use; named in PROCRASTINATE_IMPORT_PATHS by them."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app


@app.task
def mark(path: str) -> None:
    """Leave a line in a file."""
    with Path(path).open("a") as file:
        file.write("done\n")


@app.task
def take_long(path: str) -> None:
    """The first run says that it began and then hangs; a later one finishes at once."""
    began = Path(path + ".began")
    if not began.exists():
        began.touch()
        time.sleep(600)
    mark.func(path)


@app.task
def defer_and_roll_back(path: str) -> None:
    """Defer a job, then undo the transaction it was deferred in."""
    with transaction.atomic():
        mark.defer(path=path)
        transaction.set_rollback(True)

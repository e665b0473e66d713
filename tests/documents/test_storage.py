"""Storage by content: what is there stays, what nobody sent lately may go, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from sincerely.documents import storage as module
from sincerely.documents.storage import TOUCHED_LATELY, DurableStorage
from sincerely.kernel import clock

NAME = "employer/ab/abcdef"
CONTENT = b"a resume"


@pytest.fixture
def storage(tmp_path: Path) -> DurableStorage:
    return DurableStorage(location=tmp_path)


def save(storage: DurableStorage) -> None:
    assert storage.save(NAME, ContentFile(CONTENT)) == NAME


def read(storage: DurableStorage) -> bytes:
    with storage.open(NAME) as file:
        return bytes(file.read())


def everything_in(storage: DurableStorage) -> list[str]:
    return [path.name for path in Path(storage.location).rglob("*") if path.is_file()]


def grow_old(storage: DurableStorage) -> None:
    """As if nobody had sent it for a year."""
    then = (clock.now() - dt.timedelta(days=365)).timestamp()
    os.utime(storage.path(NAME), (then, then))


def test_a_file_and_its_name_are_synced_before_it_counts_as_saved(
    storage: DurableStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    real = os.fsync

    def sync(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    save(storage)
    home = Path(storage.location)
    above, written, last = synced[:2], synced[2], synced[3]
    assert above == [home, home / "employer"]
    assert written.parent == last == home / "employer/ab"
    save(storage)
    assert len(synced) == 4


def test_a_file_that_was_sent_lately_is_not_discarded(storage: DurableStorage) -> None:
    save(storage)
    assert not storage.discard(NAME)
    grow_old(storage)
    save(storage)
    assert not storage.discard(NAME)
    assert read(storage) == CONTENT
    with clock.clock_at(clock.now() + TOUCHED_LATELY + dt.timedelta(minutes=1)):
        assert storage.discard(NAME)
    assert everything_in(storage) == []


def test_discarding_twice_is_no_error(storage: DurableStorage) -> None:
    assert storage.discard(NAME)


@pytest.mark.parametrize("nth_look", [1, 2])
def test_who_sends_it_while_it_is_discarded_finds_it_there_afterwards(
    storage: DurableStorage, monkeypatch: pytest.MonkeyPatch, nth_look: int
) -> None:
    """Before it is taken away (it is touched, and comes back) or after (it is written anew)."""
    save(storage)
    grow_old(storage)
    looks = 0
    real: Callable[..., Any] = module._is_untouched

    def look(*arguments: Any) -> Any:
        nonlocal looks
        looks += 1
        if nth_look == 1:
            untouched = real(*arguments)
        if looks == nth_look:
            save(storage)
        return untouched if nth_look == 1 else real(*arguments)

    monkeypatch.setattr(module, "_is_untouched", look)
    storage.discard(NAME)
    assert read(storage) == CONTENT
    assert everything_in(storage) == ["abcdef"]

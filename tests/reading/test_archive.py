from __future__ import annotations

import io
import struct
import zipfile

import pytest

from sincerely.reading import archive
from sincerely.reading.archive import ArchiveRefused, member_chunks, open_archive
from sincerely.reading.problems import Problem
from tests.reading import papers


def problem_of(data: bytes) -> Problem:
    with pytest.raises(ArchiveRefused) as refusal:
        open_archive(io.BytesIO(data))
    return refusal.value.problem


def test_an_honest_archive_opens_and_its_members_read() -> None:
    with open_archive(io.BytesIO(papers.zipped({"a.txt": "Jo"}))) as opened:
        assert b"".join(member_chunks(opened, "a.txt")) == b"Jo"
        assert list(member_chunks(opened, "missing.txt")) == []


def test_too_many_members_are_refused_before_the_directory_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "MAX_ZIP_MEMBERS", 3)
    data = papers.zipped({f"{number}.txt": "x" for number in range(4)})
    assert problem_of(data) is Problem.UNPACKS_TOO_LARGE


def test_a_directory_that_claims_a_huge_size_is_refused() -> None:
    data = bytearray(papers.zipped({"a.txt": "x"}))
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 0x7FFFFFFF)
    assert problem_of(bytes(data)) is Problem.UNPACKS_TOO_LARGE


def test_64_bit_sizes_are_refused() -> None:
    data = papers.zipped({"a.txt": "x"})
    end = data.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    assert problem_of(data[:end] + locator + data[end:]) is Problem.UNPACKS_TOO_LARGE


def test_a_member_with_a_password_is_refused() -> None:
    data = bytearray(papers.zipped({"a.txt": "x"}))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    assert problem_of(bytes(data)) is Problem.ENCRYPTED


def test_a_member_larger_than_its_directory_says_does_not_get_through() -> None:
    data = bytearray(papers.zipped({"a.txt": bytes(5_000_000)}))
    struct.pack_into("<L", data, data.rfind(b"PK\x01\x02") + 24, 10)
    with open_archive(io.BytesIO(bytes(data))) as opened, pytest.raises(ArchiveRefused) as refusal:
        list(member_chunks(opened, "a.txt"))
    assert refusal.value.problem is Problem.CORRUPT


def test_a_member_is_unpacked_only_up_to_the_limit() -> None:
    data = papers.zipped({"a.xml": bytes(31 * 1024 * 1024)})
    taken: list[int] = []
    with open_archive(io.BytesIO(data)) as opened, pytest.raises(ArchiveRefused) as refusal:
        taken.extend(map(len, member_chunks(opened, "a.xml")))
    assert refusal.value.problem is Problem.UNPACKS_TOO_LARGE
    assert sum(taken) <= 30 * 1024 * 1024


def test_an_unusual_compression_is_not_tried() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.xml", "x")
    with open_archive(file) as opened, pytest.raises(ArchiveRefused):
        list(member_chunks(opened, "a.xml"))

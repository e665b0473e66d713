"""Zip files from strangers: a bounded look at the directory, and bounded reads of members."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sincerely.reading.limits import (
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
    MAX_ZIP_DIRECTORY_BYTES,
    MAX_ZIP_MEMBERS,
)
from sincerely.reading.problems import Problem

_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_TAIL = _END_RECORD.size + 0xFFFF
_ZIP64_LOCATOR_SIZE = 20
_CHUNK = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    OSError,
)


class ArchiveRefused(Exception):
    """The archive is not safe, or not possible, to unpack; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, once its directory has been found to be small and honest-looking.

    Reads the end record and the directory only. Raises ArchiveRefused.
    """
    _check_end_record(file)
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise ArchiveRefused(Problem.CORRUPT) from error
    members = archive.infolist()
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise ArchiveRefused(Problem.UNPACKS_TOO_LARGE)
    if any(member.flag_bits & 0x1 for member in members):
        raise ArchiveRefused(Problem.ENCRYPTED)
    return archive


def member_chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked bytes of one member, piece by piece; nothing when it is not there.

    Raises ArchiveRefused when it is damaged or unpacks to more than MAX_XML_BYTES, whatever
    its directory entry claimed.
    """
    if name not in archive.NameToInfo:
        return
    if archive.NameToInfo[name].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveRefused(Problem.CORRUPT)
    unpacked = 0
    try:
        with archive.open(name) as member:
            while chunk := member.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_XML_BYTES:
                    raise ArchiveRefused(Problem.UNPACKS_TOO_LARGE)
                yield chunk
    except _BROKEN as error:
        raise ArchiveRefused(Problem.CORRUPT) from error


def _check_end_record(file: BinaryIO) -> None:
    """Refuse a directory that would be costly to load; zipfile itself loads any size."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_TAIL))
    tail = file.read(_LONGEST_TAIL)
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) - start < _END_RECORD.size:
        raise ArchiveRefused(Problem.CORRUPT)
    _, _, _, _, members, directory_bytes, _, _ = _END_RECORD.unpack_from(tail, start)
    locator = max(0, start - _ZIP64_LOCATOR_SIZE)
    if tail[locator:start].startswith(b"PK\x06\x07"):
        # No document of 10 MB needs 64-bit sizes, and zipfile would believe them.
        raise ArchiveRefused(Problem.UNPACKS_TOO_LARGE)
    if members > MAX_ZIP_MEMBERS or directory_bytes > MAX_ZIP_DIRECTORY_BYTES:
        raise ArchiveRefused(Problem.UNPACKS_TOO_LARGE)

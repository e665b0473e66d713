"""What an upload really is, judged by its first bytes and its name together."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from sincerely.reading.archive import ArchiveRefused, open_archive
from sincerely.reading.limits import MAX_UPLOAD_BYTES
from sincerely.reading.problems import Problem

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "html": "text/html",
}
ACCEPTED_EXTENSIONS = (".pdf", ".docx", ".odt", ".rtf", ".txt", ".html", ".htm")
# Taken only where somebody photographs a paper: they have no text, but every browser shows them.
PICTURE_TYPES = {"jpeg": "image/jpeg", "png": "image/png"}
_PICTURE_STARTS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}

_HEAD_BYTES = 4096
_TEXT_EXTENSIONS = {"", ".txt", ".text", ".md"}
_HTML_EXTENSIONS = {"", ".html", ".htm", ".xhtml", ".doc"}
_DOCUMENT_EXTENSIONS = {".pdf", ".doc", ".docx", ".odt", ".rtf"}
_RUNNABLE_EXTENSIONS = {
    ".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".exe", ".hta", ".iso",
    ".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".ps1", ".scr", ".sh", ".vbe", ".vbs",
    ".wsf",
}  # fmt: skip
_MACRO_EXTENSIONS = {".docm", ".dotm"}
_IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PROGRAM_STARTS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"dex\n", b"\0asm",
)  # fmt: skip
_ARCHIVE_STARTS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


@dataclass(frozen=True)
class Kind:
    """`name` is a key of MEDIA_TYPES, or "refused" with the problem that says why."""

    name: str
    problem: Problem | None = None

    @property
    def accepted(self) -> bool:
        return self.problem is None

    @property
    def media_type(self) -> str:
        return (MEDIA_TYPES | PICTURE_TYPES).get(self.name, "application/octet-stream")

    @property
    def extension(self) -> str:
        """The ending under which the document may be offered for download."""
        return f".{self.name}" if self.accepted else ".bin"

    @property
    def sentence(self) -> str:
        """Why it was refused, for a person; empty for an accepted document."""
        return self.problem.sentence if self.problem else ""


def kind_of(
    file: BinaryIO, name: str, *, max_bytes: int = MAX_UPLOAD_BYTES, pictures: bool = False
) -> Kind:
    """The kind of an open, seekable file with this name. Leaves the file at its start.

    Reads the first kilobytes and, of a zip, the directory (2 MB at most), whatever the size
    of the file. A photo is refused unless `pictures` are wanted. Raises only what the file
    object itself raises.
    """
    try:
        size = file.seek(0, io.SEEK_END)
        if size == 0:
            return _refused(Problem.EMPTY)
        if size > max_bytes:
            return _refused(Problem.TOO_LARGE)
        file.seek(0)
        head, extension = file.read(_HEAD_BYTES), extension_of(name)
        if pictures and extension not in _RUNNABLE_EXTENSIONS and (picture := _picture(head)):
            return Kind(picture)
        return _judge(file, head, extension)
    finally:
        file.seek(0)


def extension_of(name: str) -> str:
    """The lower-case ending of a file name, with its dot; empty when there is none."""
    return PurePosixPath(name.replace("\\", "/").strip().rstrip(". ")).suffix.lower()


def _judge(file: BinaryIO, head: bytes, extension: str) -> Kind:
    if extension in _RUNNABLE_EXTENSIONS or head.startswith(_PROGRAM_STARTS):
        return _refused(Problem.EXECUTABLE)
    if extension in _MACRO_EXTENSIONS:
        return _refused(Problem.MACROS)
    if head.startswith(b"PK"):
        return _judge_zip(file)
    if head.startswith(_OLE_START):
        return _refused(_ole_problem(file, head))
    if _is_image(head):
        return _refused(Problem.IMAGE)
    if head.startswith(_ARCHIVE_STARTS):
        return _refused(Problem.ARCHIVE)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{\\rt"):
        return Kind("rtf")
    if _is_pdf(head, extension):
        return Kind("pdf")
    return _judge_text(head, extension)


def _judge_zip(file: BinaryIO) -> Kind:
    try:
        names = set(open_archive(file).namelist())
    except ArchiveRefused as refusal:
        return _refused(refusal.problem)
    if any(name.lower().endswith("vbaproject.bin") for name in names) or any(
        name.startswith(("Basic/", "Scripts/")) for name in names
    ):
        return _refused(Problem.MACROS)
    if "word/document.xml" in names:
        return Kind("docx")
    if names & {"xl/workbook.xml", "ppt/presentation.xml"}:
        return _refused(Problem.OTHER_OFFICE)
    if names & {"Index.zip", "Index/Document.iwa", "index.apxl"}:
        return _refused(Problem.PAGES)
    return _judge_opendocument(file, names)


def _judge_opendocument(file: BinaryIO, names: set[str]) -> Kind:
    # The format demands "mimetype" as the first member, stored as it is: name at byte 30.
    file.seek(0)
    declared = file.read(256)[30:]
    if "content.xml" not in names or not declared.startswith(b"mimetypeapplication/vnd.oasis"):
        runnable = {"AndroidManifest.xml", "META-INF/MANIFEST.MF"} & names
        return _refused(Problem.EXECUTABLE if runnable else Problem.ARCHIVE)
    if declared.startswith(b"mimetypeapplication/vnd.oasis.opendocument.text"):
        return Kind("odt")
    return _refused(Problem.OTHER_OFFICE)


def _ole_problem(file: BinaryIO, head: bytes) -> Problem:
    """Old Word and password-protected DOCX share one container; its directory tells them."""
    if len(head) < 512:
        return Problem.CORRUPT
    (sector_shift,) = struct.unpack_from("<H", head, 30)
    (first_sector,) = struct.unpack_from("<I", head, 48)
    file.seek(min(first_sector + 1, 0xFFFFFF) << min(sector_shift, 12))
    directory = file.read(_HEAD_BYTES)
    if "EncryptedPackage".encode("utf-16-le") in directory:
        return Problem.ENCRYPTED
    if "WordDocument".encode("utf-16-le") in directory:
        return Problem.OLD_WORD
    if any(entry.encode("utf-16-le") in directory for entry in ("Workbook", "PowerPoint")):
        return Problem.OTHER_OFFICE
    return Problem.UNKNOWN


def _picture(head: bytes) -> str:
    """The name of the picture's kind, one of PICTURE_TYPES; empty for anything else."""
    return next((name for name, start in _PICTURE_STARTS.items() if head.startswith(start)), "")


def _is_image(head: bytes) -> bool:
    if head.startswith(_IMAGE_STARTS[:-1]) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return True
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return True
    return head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"avif", b"hevc"}


def _is_pdf(head: bytes, extension: str) -> bool:
    """Readers accept rubbish before the header; we do so only for what is named a PDF."""
    marker = head[:1024].find(b"%PDF-")
    return marker >= 0 and (extension == ".pdf" or not head[:marker].strip(b"\xef\xbb\xbf \t\r\n"))


def _judge_text(head: bytes, extension: str) -> Kind:
    if not looks_like_text(head):
        # A damaged document and a disguised one look alike here: name the likelier.
        known = extension in (_DOCUMENT_EXTENSIONS | _TEXT_EXTENSIONS | _HTML_EXTENSIONS) - {""}
        return _refused(Problem.CORRUPT if known else Problem.UNKNOWN)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    if extension in _HTML_EXTENSIONS and start.startswith(_HTML_STARTS):
        return Kind("html")
    if extension in {".html", ".htm"}:
        return Kind("html")
    if extension in _TEXT_EXTENSIONS:
        return Kind("txt")
    return _refused(Problem.MISMATCH if extension in _DOCUMENT_EXTENSIONS else Problem.UNKNOWN)


def looks_like_text(head: bytes) -> bool:
    """Whether bytes could be text in any charset: UTF-16 with a mark, or few control codes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 32 and byte not in b"\t\n\r\x0c\x1b" for byte in head)
    return control * 100 <= len(head)


def _refused(problem: Problem) -> Kind:
    return Kind("refused", problem)

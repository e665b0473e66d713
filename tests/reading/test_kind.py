from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.kind import extension_of, kind_of
from sincerely.reading.problems import SENTENCES, Problem
from tests.reading import papers


def kind(data: bytes, name: str) -> str:
    found = kind_of(io.BytesIO(data), name)
    return found.name if found.accepted else str(found.problem)


DOCX, ODT = papers.docx(), papers.odt("<text:p>Jo</text:p>")
DOCUMENTS = {
    "pdf": papers.pdf(),
    "docx": DOCX,
    "odt": ODT,
    "rtf": rb"{\rtf1 Jo}",
    "txt": b"Jo Murphy",
    "html": b"<!DOCTYPE html><p>Jo",
}


@pytest.mark.parametrize("extension", DOCUMENTS)
def test_each_format_is_known_by_its_content_and_name(extension: str) -> None:
    assert kind(DOCUMENTS[extension], f"resume.{extension}") == extension


@pytest.mark.parametrize("name", ["resume", "resume.doc", "سيرة ذاتية", "履歴書.PDF", "Jo.Murphy"])
def test_a_document_with_a_clear_signature_may_have_a_careless_name(name: str) -> None:
    assert kind(papers.pdf(), name) == "pdf"


def test_rtf_that_word_saved_as_doc_is_accepted() -> None:
    assert kind(DOCUMENTS["rtf"], "resume.doc") == "rtf"


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "resume.pdf", "empty"),
        (b"MZ\x90\0\3", "resume.pdf", "executable"),
        (b"\x7fELF\2\1\1", "resume.pdf", "executable"),
        (b"#!/bin/sh\n", "resume.txt", "executable"),
        (papers.pdf(), "resume.pdf.exe", "executable"),
        (papers.pdf(), "resume\u202efdp.exe", "executable"),
        (papers.zipped({"META-INF/MANIFEST.MF": "x"}), "resume.docx", "executable"),
        (b"\x89PNG\r\n\x1a\n\0\0", "resume.pdf", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "me.jpg", "image"),
        (b"\0\0\0\x18ftypheic\0\0", "me.heic", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "me.webp", "image"),
        (papers.docx(word__vbaProject_bin=b"x"), "resume.docx", "macros"),
        (DOCX, "resume.docm", "macros"),
        (papers.odt("", Basic__script_xml="x"), "resume.odt", "macros"),
        (papers.ole("WordDocument"), "resume.doc", "old-word"),
        (papers.ole("EncryptedPackage"), "resume.docx", "encrypted"),
        (papers.ole("Workbook"), "resume.xls", "other-office"),
        (papers.zipped({"xl/workbook.xml": "x"}), "resume.xlsx", "other-office"),
        (papers.zipped({"Index/Document.iwa": "x"}), "resume.pages", "pages"),
        (papers.zipped({"resume.pdf": papers.pdf()}), "resume.zip", "archive"),
        (b"Rar!\x1a\7\1\0", "resume.rar", "archive"),
        (b"PK\3\4 and then nothing", "resume.docx", "corrupt"),
        (b"\x01\x02\x03\x04" * 20, "resume.pdf", "corrupt"),
        (b"\x01\x02\x03\x04" * 20, "resume.xyz", "unknown"),
        (b"just words", "resume.pdf", "mismatch"),
        (b"import os", "resume.py", "unknown"),
    ],
)
def test_what_is_no_resume_is_refused_with_its_reason(data: bytes, name: str, problem: str) -> None:
    assert kind(data, name) == problem


def test_fifty_megabytes_are_refused_without_being_read() -> None:
    class Counting(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    file = Counting(b"%PDF-1.4" + bytes(50 * 1024 * 1024))
    assert kind_of(file, "resume.pdf").problem is Problem.TOO_LARGE
    assert file.taken == 0


def test_a_zip_bomb_is_refused_from_its_directory_alone() -> None:
    bomb = papers.docx(word__media__zeros_bin=bytes(101 * 1024 * 1024))
    assert len(bomb) < 200_000
    assert kind(bomb, "resume.docx") == "unpacks-too-large"


def test_the_file_stands_at_its_start_again() -> None:
    for name, data in DOCUMENTS.items():
        file = io.BytesIO(data)
        kind_of(file, f"resume.{name}")
        assert file.tell() == 0


def test_every_problem_has_a_sentence_for_people() -> None:
    assert set(SENTENCES) == set(Problem)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_a_photo_is_taken_only_where_photos_are_wanted() -> None:
    jpeg, png = b"\xff\xd8\xff\xe0photo", b"\x89PNG\r\n\x1a\nphoto"
    assert kind(jpeg, "paper.jpg") == kind(png, "paper.png") == "image"
    wanted = [kind_of(io.BytesIO(data), "paper", pictures=True) for data in (jpeg, png)]
    assert [(each.name, each.media_type) for each in wanted] == [
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
    ]
    assert not kind_of(io.BytesIO(jpeg), "paper.exe", pictures=True).accepted
    assert not kind_of(io.BytesIO(b"GIF89a"), "paper.gif", pictures=True).accepted


def test_a_refused_file_is_never_offered_under_its_own_type() -> None:
    refused = kind_of(io.BytesIO(b"MZ"), "resume.html")
    assert (refused.media_type, refused.extension) == ("application/octet-stream", ".bin")


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.PDF", ".pdf"), ("C:\\files\\cv.docx ", ".docx"), ("x.exe.", ".exe"), ("", ""), (".", "")],
)
def test_the_extension_is_what_the_system_would_go_by(name: str, extension: str) -> None:
    assert extension_of(name) == extension


@given(
    st.one_of(
        st.binary(max_size=600),
        st.binary(max_size=200).map(lambda tail: DOCX[: len(DOCX) // 2] + tail + DOCX[-120:]),
        st.binary(max_size=200).map(lambda tail: papers.ole("")[:512] + tail),
    ),
    st.text(max_size=20),
)
def test_no_bytes_and_no_name_raise(data: bytes, name: str) -> None:
    found = kind_of(io.BytesIO(data), name)
    assert found.accepted == (found.name != "refused")

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sincerely.reading.formats import read_text
from tests.reading import papers
from tests.reading.test_kind import DOCUMENTS

ARABIC = "ليلى حداد"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (papers.pdf(["Jo Murphy"]), "resume.pdf"),
        (papers.docx(papers.paragraphs(["Jo Murphy"])), "resume.docx"),
        (papers.odt("<text:p>Jo Murphy</text:p>"), "resume.odt"),
        (rb"{\rtf1\ansi {\b Jo} Murphy}", "resume.rtf"),
        (b"Jo Murphy\r\n", "resume.txt"),
        (b"<html><body><b>Jo</b> Murphy", "resume.html"),
    ],
)
def test_the_text_of_each_format_is_read(data: bytes, name: str) -> None:
    found = read_text(data, name)
    assert (found.text, found.problem) == ("Jo Murphy", "")
    assert name.endswith(found.kind)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (papers.docx(papers.paragraphs([ARABIC])), "سيرة.docx"),
        (papers.odt(f"<text:p>{ARABIC}</text:p>"), "سيرة.odt"),
        (ARABIC.encode(), "سيرة.txt"),
        (f"<html>{ARABIC}".encode(), "سيرة.html"),
        (
            ("{\\rtf1 " + "".join(f"\\u{ord(sign)}?" for sign in ARABIC) + "}").encode(),
            "سيرة.rtf",
        ),
    ],
)
def test_names_in_arabic_come_through(data: bytes, name: str) -> None:
    assert read_text(data, name).text == ARABIC


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "resume.pdf", "empty"),
        (b"%PDF-1.4" + bytes(11 * 1024 * 1024), "resume.pdf", "too-large"),
        (papers.encrypted_pdf(), "resume.pdf", "encrypted"),
        (papers.pdf()[:200], "resume.pdf", "corrupt"),
        (b"%PDF-1.7\nnothing more", "resume.pdf", "corrupt"),
        (papers.pdf([""], picture=True), "scan.pdf", "image-only"),
        (papers.pdf([""]), "blank.pdf", "no-text"),
        (b"MZ\x90\0", "resume.pdf", "executable"),
        (papers.docx("<w:p><w:r>"), "resume.docx", "corrupt"),
        (papers.docx(""), "resume.docx", "no-text"),
        (papers.docx("<w:p>" * 2_000 + "</w:p>" * 2_000), "resume.docx", "too-complex"),
        (papers.docx("x" * (31 * 1024 * 1024)), "resume.docx", "unpacks-too-large"),
        (b"   \n\t\n ", "resume.txt", "no-text"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(data: bytes, name: str, problem: str) -> None:
    found = read_text(data, name)
    assert (found.text, found.problem) == ("", problem)
    assert found.sentence


def test_entities_cannot_explode() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    xml = papers.word_xml("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>").replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?>{bomb}'
    )
    found = read_text(papers.zipped({"word/document.xml": xml}), "resume.docx")
    assert (found.text, found.problem) == ("", "too-complex")


def test_a_damaged_member_of_a_docx_is_corrupt() -> None:
    data = bytearray(papers.docx())
    start = data.find(b"word/document.xml") + len(b"word/document.xml")
    data[start : start + 40] = b"\xff" * 40
    assert read_text(bytes(data), "resume.docx").problem == "corrupt"


def test_a_very_long_document_is_cut_and_says_so() -> None:
    found = read_text(b"word " * 100_000, "resume.txt")
    assert found.truncated
    assert len(found.text) <= 300_000


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(DOCUMENTS)),
    st.integers(min_value=0, max_value=2_000),
    st.binary(min_size=1, max_size=40),
)
def test_a_damaged_document_gives_text_or_a_problem(name: str, place: int, junk: bytes) -> None:
    data = bytearray(DOCUMENTS[name])
    place %= len(data)
    data[place : place + len(junk)] = junk
    found = read_text(bytes(data), f"resume.{name}")
    assert bool(found.text) != bool(found.problem)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_rubbish_in_rtf_or_html_never_raises(rubbish: bytes) -> None:
    for start, name in ((rb"{\rtf1\ansi ", "a.rtf"), (b"<html>", "a.html"), (b"a", "a.txt")):
        assert read_text(start + rubbish, name).problem in {"", "no-text", "corrupt"}

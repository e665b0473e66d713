from __future__ import annotations

import io

import pytest
from odf.opendocument import OpenDocumentText
from odf.text import A, H, P, Tab

from sincerely.reading.content import Unreadable
from sincerely.reading.odt_text import read_odt
from sincerely.reading.problems import Problem
from tests.reading import papers


def text_of(data: bytes) -> str:
    return read_odt(io.BytesIO(data)).text


def test_a_document_by_another_program_is_read() -> None:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Experience"))
    paragraph = P(text="Line Cook")
    paragraph.addElement(Tab())
    paragraph.addText("2019")
    paragraph.addElement(A(href="https://jo.example", text="home"))
    document.text.addElement(paragraph)
    file = io.BytesIO()
    document.save(file)

    content = read_odt(io.BytesIO(file.getvalue()))
    assert content.text == "Experience\nLine Cook\t2019home\n"
    assert content.links == ["https://jo.example"]


def test_deleted_text_and_remarks_stay_out() -> None:
    inner = (
        "<text:tracked-changes><text:p>fired</text:p></text:tracked-changes>"
        "<text:p>left<office:annotation><text:p>why?</text:p></office:annotation></text:p>"
    )
    assert text_of(papers.odt(inner)).split() == ["left"]


def test_a_billion_spaces_in_one_element_are_a_few() -> None:
    assert len(text_of(papers.odt('<text:p>a<text:s text:c="999999999"/>b</text:p>'))) < 50


def test_the_page_header_is_read_too() -> None:
    styles = (
        f"<office:document-styles {papers.OFFICE}><office:master-styles><style:header>"
        "<text:p>Jo Murphy</text:p></style:header></office:master-styles>"
        "</office:document-styles>"
    )
    assert text_of(papers.odt("<text:p>Cook</text:p>", styles_xml=styles)).split() == [
        "Jo", "Murphy", "Cook",
    ]  # fmt: skip


def test_a_protected_document_is_recognised() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = papers.zipped({"content.xml": "?", "META-INF/manifest.xml": manifest})
    with pytest.raises(Unreadable) as refusal:
        read_odt(io.BytesIO(data))
    assert refusal.value.problem is Problem.ENCRYPTED

from __future__ import annotations

import io

import docx

from sincerely.reading.docx_text import read_docx
from tests.reading import papers


def text_of(data: bytes) -> str:
    return read_docx(io.BytesIO(data)).text


def test_a_document_by_another_program_is_read_with_its_table_header_and_list() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Jo Murphy, +353 1 555 0123"
    document.add_heading("Experience", level=1)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2019", "Line Cook"
    document.add_paragraph("Ran the grill", style="List Bullet")
    file = io.BytesIO()
    document.save(file)

    lines = [line for line in text_of(file.getvalue()).splitlines() if line]
    assert lines == [
        "Jo Murphy, +353 1 555 0123",
        "Experience",
        "2019",
        "Line Cook",
        "Ran the grill",
    ]


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Skills</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(papers.docx(both)).split() == ["Skills"]


def test_what_was_deleted_under_tracking_and_field_codes_stay_out() -> None:
    inner = (
        "<w:p><w:del><w:r><w:delText>fired</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>left</w:t></w:r></w:ins></w:p>"
    )
    assert text_of(papers.docx(inner)).split() == ["left"]


def test_tabs_and_line_breaks_part_words() -> None:
    inner = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    assert text_of(papers.docx(inner)) == "a\tb\nc\n\n"


def test_a_header_repeated_for_the_first_page_is_read_once() -> None:
    header = papers.word_xml(papers.paragraphs(["Jo Murphy"]))
    data = papers.docx(
        papers.paragraphs(["Cook"]), word__header1_xml=header, word__header2_xml=header
    )
    assert text_of(data).split() == ["Jo", "Murphy", "Cook"]


def test_hyperlinks_are_found_and_other_relations_are_not() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationships><Relationship Type="{kinds}/hyperlink" Target="https://jo.example"/>'
        f'<Relationship Type="{kinds}/image" Target="https://tracker.example/x.png"/>'
        "</Relationships>"
    )
    data = papers.zipped(
        {
            "word/document.xml": papers.word_xml(papers.paragraphs(["Jo"])),
            "word/_rels/document.xml.rels": relations,
        }
    )
    assert read_docx(io.BytesIO(data)).links == ["https://jo.example"]

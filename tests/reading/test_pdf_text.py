from __future__ import annotations

from sincerely.reading.pdf_text import read_pdf
from tests.reading import papers


def test_pages_are_read_in_their_order() -> None:
    text = read_pdf(papers.pdf(["first", "second", "third"])).text
    assert text.split() == ["first", "second", "third"]


def test_no_more_than_a_hundred_pages_are_read() -> None:
    content = read_pdf(papers.pdf([f"page{number}" for number in range(105)]))
    assert content.truncated
    assert "page99" in content.text
    assert "page100" not in content.text


def test_the_address_behind_a_word_is_found() -> None:
    content = read_pdf(papers.pdf(["LinkedIn"], link="https://linkedin.com/in/jomurphy"))
    assert content.links == ["https://linkedin.com/in/jomurphy"]


def test_a_link_that_runs_a_program_is_not_kept() -> None:
    assert read_pdf(papers.pdf(["x"], link="javascript:alert")).links == []


def test_a_page_with_text_and_picture_is_read() -> None:
    assert read_pdf(papers.pdf(["Jo"], picture=True)).text.strip() == "Jo"

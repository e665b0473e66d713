"""Text of a PDF, through PDFium."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium

from sincerely.reading.content import Content, Unreadable
from sincerely.reading.limits import MAX_LINKS, MAX_PAGES
from sincerely.reading.problems import Problem

_MAX_ADDRESS_BYTES = 2048


def read_pdf(data: bytes) -> Content:
    """The text of the first MAX_PAGES pages in their own order. Raises Unreadable."""
    document = _open(data)
    content = Content()
    images = False
    try:
        content.truncated = len(document) > MAX_PAGES
        for number in range(min(len(document), MAX_PAGES)):
            images |= _read_page(document, number, content)
            if content.characters and not content.add("\n\n"):
                break
    except pypdfium2.PdfiumError as error:
        if not content.text.strip():
            raise Unreadable(Problem.CORRUPT) from error
        content.truncated = True
    finally:
        document.close()
    if images and not content.text.strip():
        raise Unreadable(Problem.IMAGE_ONLY)
    return content


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable(Problem.ENCRYPTED if locked else Problem.CORRUPT) from error
    if len(document) == 0:
        document.close()
        raise Unreadable(Problem.CORRUPT)
    return document


def _read_page(document: pypdfium2.PdfDocument, number: int, content: Content) -> bool:
    """Add a page's text and links; True when it shows a picture and no text."""
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text = _join_hyphens(text_page.get_text_bounded())
        finally:
            text_page.close()
        content.add(text)
        _read_links(document, page, content)
        return not text.strip() and any(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        page.close()


def _join_hyphens(text: str) -> str:
    """PDFium marks a hyphen at the end of a line; the word goes on in the next one."""
    for mark in ("\ufffe\r\n", "\x02\r\n", "\ufffe", "\x02"):
        text = text.replace(mark, "")
    return text.replace("\r\n", "\n")


def _read_links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, content: Content) -> None:
    """Addresses behind words and icons: often the only place of a profile's address."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
            buffer = ctypes.create_string_buffer(_MAX_ADDRESS_BYTES)
            length = pdfium.FPDFAction_GetURIPath(document, action, buffer, _MAX_ADDRESS_BYTES)
            if 0 < length <= _MAX_ADDRESS_BYTES:
                content.add_link(buffer.raw[: length - 1].decode("utf-8", "replace"))

"""Resumes for the demo's applicants: real PDF and DOCX files with readable text."""

from __future__ import annotations

import ctypes
import io
import random
from collections.abc import Sequence

import docx
import pypdfium2
import pypdfium2.raw as pdfium

_PLACES = ("Harbour Grill", "Station Hotel", "City Kitchen", "Green Lane Café", "Northside Clinic")
_SCHOOLS = ("City College", "Technical School", "State University", "Evening School")
_SKILLS = (
    "teamwork",
    "shift planning",
    "stock keeping",
    "first aid",
    "English and Spanish",
    "Excel",
)


def write_resume(name: str, email: str, job: str, chance: random.Random) -> tuple[str, bytes]:
    """A file name and its bytes: mostly PDF, DOCX where the name needs letters that a PDF's
    built-in font lacks."""
    lines = _lines(name, email, job, chance)
    stem = name.replace(" ", "_")
    if chance.random() < 0.25 or not _is_western(name):
        return f"{stem}.docx", _as_docx(lines)
    return f"{stem}.pdf", as_pdf(lines)


def _lines(name: str, email: str, job: str, chance: random.Random) -> list[str]:
    began = chance.randrange(2012, 2023)
    here, there = chance.sample(_PLACES, 2)
    return [
        name,
        email,
        "",
        "Work",
        f"{job}, {here}, {began + 2} – present",
        f"Assistant, {there}, {began} – {began + 2}",
        "",
        "Education",
        f"{chance.choice(_SCHOOLS)}, {began - 3} – {began}",
        "",
        "Skills",
        ", ".join(chance.sample(_SKILLS, 3)),
    ]


def _is_western(text: str) -> bool:
    try:
        return bool(text.encode("cp1252"))
    except UnicodeEncodeError:
        return False


def as_pdf(lines: Sequence[str]) -> bytes:
    """One A4 page with a line of text under the other (points: 595 × 842)."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for number, line in enumerate(lines):
        if line:
            _write_line(document, page, line, y=780 - 20 * number, size=20 if number == 0 else 11)
    page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_line(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, line: str, *, y: int, size: int
) -> None:
    text = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", size)
    encoded = (line + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(encoded)
    pdfium.FPDFText_SetText(text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, y)
    pdfium.FPDFPage_InsertObject(page, text)


def _as_docx(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    document.add_heading(lines[0], level=0)
    for line in lines[1:]:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()

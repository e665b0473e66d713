"""Builds the documents of these tests, honest and hostile, so that none lies in the repository."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

RESUME_LINES = (
    "Jo Murphy",
    "jo.murphy@example.org | +353 1 555 0123 | linkedin.com/in/jomurphy",
    "Experience",
    "Blue Spoon Diner, Line Cook",
    "2019 - present",
    "• Ran the grill on weekends",
)
RESUME = "\n".join(RESUME_LINES)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def pdf(
    pages: Sequence[str] = ("Jo Murphy",),
    *,
    trailer: str = "",
    link: str = "",
    picture: bool = False,
) -> bytes:
    """A PDF with one line of text per page; an empty page text draws nothing or the picture."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
    )
    annotation = f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI ({link}) >> >>"
    numbers = []
    for text in pages:
        drawing = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
        drawing += " q 100 0 0 100 0 0 cm /I1 Do Q" if picture else ""
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
        resources = f"<< /Font << /F1 {font} >> /XObject << /I1 3 0 R >> >>".replace(
            "3 0 R", f"{len(objects) + 2} 0 R"
        )
        annotations = f"/Annots [{annotation}]" if link else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {annotations} "
            f"/Contents {len(objects)} 0 R /Resources {resources} >>"
        )
        numbers.append(f"{len(objects)} 0 R")
        objects.append(image)
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(numbers)}] /Count {len(numbers)} >>"
    return _assemble(objects, trailer)


def _assemble(objects: Sequence[str], trailer: str) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return body + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password: no empty one fits its check values."""
    lock = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    return pdf(trailer=f"/Encrypt {lock} /ID [<{'01' * 16}> <{'01' * 16}>]")


def zipped(members: Mapping[str, str | bytes], *, stored: Sequence[str] = ()) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    return file.getvalue()


def word_xml(inner: str) -> str:
    return f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def docx(inner: str | None = None, **more: str | bytes) -> bytes:
    """A DOCX with this body; `more` members by path with "__" for "/" and "_" for "."."""
    body = word_xml(paragraphs(RESUME_LINES) if inner is None else inner)
    extra = {name.replace("__", "/").replace("_", "."): value for name, value in more.items()}
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body, **extra})


def odt(inner: str, **more: str) -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content {OFFICE}><office:body><office:text>'
        f"{inner}</office:text></office:body></office:document-content>"
    )
    extra = {name.replace("__", "/").replace("_", "."): value for name, value in more.items()}
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(members | extra, stored=["mimetype"])


def ole(entry: str) -> bytes:
    """The outside of an old Office file, whose directory has this entry."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32] = (9).to_bytes(2, "little")
    return (
        bytes(head)
        + "Root Entry".encode("utf-16-le").ljust(128, b"\0")
        + entry.encode("utf-16-le").ljust(384, b"\0")
    )

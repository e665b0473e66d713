"""Synthetic applicants: what their browsers send to a job's application form."""

from __future__ import annotations

import hashlib
import http.client
import io
from html.parser import HTMLParser

import pypdfium2

from sincerely.config.bench import load
from sincerely.config.demo.resumes import as_pdf
from sincerely.config.seeding.names import first_names, last_names
from sincerely.kernel.ids import uuid7

RESUME_BYTES = 100_000


class FormFields(HTMLParser):
    """The fields of a page's form with what stands in them; files and buttons are left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        name = given.get("name")
        if tag in {"input", "textarea", "select"} and name and given.get("type") != "file":
            self.values[name] = given.get("value") or ""
            self._text = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._text:
            # A line end at the beginning is the page's, not the text's.
            self.values[self._text] += data.removeprefix("\r").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._text = ""


def form_at(port: int, address: str, cookie: str = "") -> dict[str, str]:
    """The fields of the form that the server shows there, to whoever has this cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    page = connection.getresponse().read().decode()
    connection.close()
    return FormFields(page).values


def application(address: str, form: dict[str, str], number: int) -> load.Request:
    """What one applicant sends: every field of the form, filled in, under a key of its own."""
    key = uuid7()
    first, last = first_names(), last_names()
    fields = form | {
        "form_key": str(key),
        "name": f"{first[number % len(first)]} {last[key.int % len(last)]}",
        "email": f"{key.hex}@example.org",
        "phone": f"+1 212 555 {number % 10_000:04}",
    }
    return load.Request(address, fields=fields, number=key.int % 10**16)


def resume_of_100_kb() -> bytes:
    """A valid PDF whose attachment holds the mark that the clients write over."""
    document = pypdfium2.PdfDocument(as_pdf(["Jo Smith", "Line cook, 2019 – 2026"]))
    filler = hashlib.shake_256(b"filler").digest(RESUME_BYTES - 3_000)
    document.new_attachment("filler").set_data(load.MARK + filler)
    stream = io.BytesIO()
    document.save(stream)
    content = stream.getvalue()
    if load.MARK not in content:
        raise RuntimeError("The mark was compressed away; no two files would differ.")
    return content

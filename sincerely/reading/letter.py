"""A mail from a person as it is: who says they wrote it, all that they wrote, and its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from sincerely.reading.bounce import is_automatic, may_be_answered
from sincerely.reading.html_text import read_html
from sincerely.reading.mail import MailRefused, decoded_text, header, outer_parts, parse_mail

LONGEST_TEXT = 20_000
LONGEST_PAGE = 200_000
LONGEST_HEAD = 5_000
MOST_FILES = 20
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a mail. `shown` when it was meant to stand in the text, such as the
    picture in a signature."""

    name: str
    content: bytes
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """`sender` is the address in From in lower case, which proves nothing, and `name` the name
    beside it; `text` all that was written, without markup, at most LONGEST_TEXT characters.
    `may_answer` is false for machines and lists, `automatic` true for machines alone. `problem`
    says why a mail was not read at all."""

    sender: str = ""
    name: str = ""
    subject: str = ""
    text: str = ""
    files: tuple[File, ...] = ()
    more_files: int = 0
    automatic: bool = False
    may_answer: bool = True
    problem: str = ""


def read_letter(raw: bytes) -> Letter:
    """Read one mail, given as its raw bytes. Never raises for bad data."""
    try:
        return _read(parse_mail(raw))
    except MailRefused as refusal:
        return Letter(may_answer=False, problem=str(refusal))
    except RecursionError:
        return Letter(may_answer=False, problem="nested too deep")


def _read(message: Message) -> Letter:
    name, address = parseaddr(_words(header(message, "From")))
    if "@" not in address:  # a name with a comma that nobody quoted
        address = parseaddr(header(message, "From"))[1]
    parts = [part for part in outer_parts(message) if not part.is_multipart()]
    files = [part for part in parts if _is_file(part)]
    return Letter(
        sender=address.strip().lower() if "@" in address else "",
        name=_line(name)[:200],
        subject=_line(_words(header(message, "Subject")))[:300],
        text=_text([part for part in parts if not _is_file(part)]),
        files=tuple(_file(part) for part in files[:MOST_FILES]),
        more_files=max(0, len(files) - MOST_FILES),
        automatic=is_automatic(message),
        may_answer=may_be_answered(message),
    )


def _is_file(part: Message) -> bool:
    """Anything with a name, and whatever is neither text nor a message."""
    if part.get_content_maintype() in {"message", "multipart"}:
        return False
    return bool(_name_of(part)) or part.get_content_maintype() != "text"


def _file(part: Message) -> File:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AssertionError):
        content = b""
    inline = part.get_content_disposition() == "inline" or bool(part.get("Content-ID"))
    return File(
        name=_name_of(part)[-200:] or f"file.{part.get_content_subtype()}"[:200],
        content=content if isinstance(content, bytes) else b"",
        shown=inline and part.get_content_maintype() == "image",
    )


def _name_of(part: Message) -> str:
    """The file's name without folders (RFC 2231, and the encoded words that many send instead)."""
    heads = (str(part.get(name, "")) for name in ("Content-Type", "Content-Disposition"))
    if any(len(head) > LONGEST_HEAD for head in heads):
        return ""  # nobody's program writes it, and the parser is slow on it
    try:
        name = _words(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        name = ""
    return _line(re.split(r"[\\/]", name)[-1])


def _text(parts: list[Message]) -> str:
    """The words of the first part of text; of plain and HTML, the plain."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and (text := decoded_text(part)).strip():
                found = _without_markup(text) if kind == "text/html" else text
                return found.replace("\r\n", "\n").replace("\0", "").strip()[:LONGEST_TEXT]
    return ""


def _without_markup(page: str) -> str:
    """The page is decoded already, whatever charset it names."""
    head, rest = page[:2_048], page[2_048:LONGEST_PAGE]
    return read_html(f"{head.replace('charset', '')}{rest}".encode()).text


def _words(text: str) -> str:
    """Encoded words as what they stand for (RFC 2047); what cannot be decoded stays."""
    return "".join(_pieces(text)) if "=?" in text else text


def _pieces(text: str) -> Iterator[str]:
    try:
        found = decode_header(text)
    except ValueError:
        yield text
        return
    for words, charset in found:
        if isinstance(words, str):
            yield words
            continue
        try:
            yield words.decode(charset or "utf-8", "replace")
        except LookupError:
            yield words.decode("utf-8", "replace")


def _line(text: str) -> str:
    """One line without controls, and without what PostgreSQL and UTF-8 refuse."""
    text = _CONTROLS.sub(" ", text).encode("utf-8", "replace").decode()
    return " ".join(text.split())

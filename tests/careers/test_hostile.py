"""What no browser sends: it is taken as far as it makes sense, or refused in words; never a failure
of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job
from tests.careers.conftest import applications
from tests.reading import papers

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=XX"
WHO = "name=Jo&email=jo@example.org&"
APPLY = "/e/blue-spoon/jobs/line-cook/apply/"


def parts(*contents: bytes, end: bytes = b"--XX--\r\n") -> bytes:
    return b"".join(b"--XX\r\n" + content + b"\r\n" for content in contents) + end


def field(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b'Content-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value


JO = (field(b"name", b"Jo"), field(b"email", b"jo@example.org"))


def file(name: bytes) -> bytes:
    return field(b"resume", papers.pdf(), b'; filename="' + name + b'"')


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    {
        "no form": ("application/json", b'{"name": "Jo"}', 422),
        "no boundary": ("multipart/form-data", b"--XX", 400),
        "cut off": (PARTS, parts(*JO, end=b"--X"), 422),
        "an unknown charset": (f"{FORM}; charset=martian", WHO, 303),
        "bytes that are no text": (PARTS, parts(field(b"name", b"J\xff"), JO[1]), 303),
        "half a character": (FORM, f"{WHO}source=%ED%A0%80", 303),
        "a NUL in every field": (FORM, f"{WHO}phone=%00&form_key=%00&source=%00&referral=%00", 303),
        "a header in the name": (FORM, "name=Jo%0d%0aBcc: x@x.example&email=jo@example.org", 303),
        "a header in the address": (FORM, "name=Jo&email=jo@example.org%0aBcc:x@x.example", 422),
        "a long address": (FORM, f"name=Jo&email={'a' * 5000}@example.org", 422),
        "a long phone": (FORM, f"{WHO}phone={'1' * 5000}", 422),
        "a key of its own making": (FORM, f"{WHO}form_key={'f' * 32}", 303),
        "a file that was never kept": (FORM, f"{WHO}kept_file=%00%ff", 422),
        "an address that was not suggested": (
            FORM, "name=Jo&email=jo@gmial.com&email_meant=x@x.example", 422,
        ),
        "a resume that is no file": (FORM, f"{WHO}resume=hello", 303),
        "a name that is a file": (
            PARTS, parts(field(b"name", b"Jo", b'; filename="a.txt"'), JO[1]), 422,
        ),
        "a file that is a way": (PARTS, parts(*JO, file(b"../../etc/passwd\x00.pdf")), 303),
        "a file without a name": (PARTS, parts(*JO, file(b"..")), 303),
        "a file with a broken name": (PARTS, parts(*JO, file(b"\xff\xfe.pdf")), 303),
        "several files": (PARTS, parts(*JO, file(b"a.pdf"), file(b"b.pdf")), 303),
        "many files": (PARTS, parts(*JO, *[file(b"a.pdf")] * 10), 400),
        "many fields": (FORM, "&".join(f"f{number}=1" for number in range(5000)), 400),
        "much text": (FORM, f"{WHO}x={'y' * 600_000}", 413),
    }.values(),
)  # fmt: skip
def test_it_is_answered(
    kind: str, body: Any, status: int, visitor: Client, cook: Job, diner: Employer
) -> None:
    answer = visitor.generic("POST", APPLY, body, content_type=kind)
    assert answer.status_code == status
    taken = applications(diner)
    assert len(taken) == (status == 303)
    for each in taken:
        assert "\n" not in each.name + each.email
        assert "\x00" not in each.name + each.source
        assert each.document is None or "/" not in each.document.name

"""The quick reader against Django's own, on what browsers send and on what they never would."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sincerely.documents.small_form import read_form

BOUNDARY = b"----WebKitFormBoundaryAbc"
Read = tuple[list[Any], list[Any]]


def field(name: str, value: bytes) -> bytes:
    return f'Content-Disposition: form-data; name="{name}"'.encode() + b"\r\n\r\n" + value


def file(name: str, file_name: str, content: bytes, kind: str = "application/pdf") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
    return f"{head}Content-Type: {kind}\r\n\r\n".encode("utf-8", "surrogateescape") + content


def body_of(*parts: bytes, end: bytes = b"--\r\n") -> bytes:
    return b"".join(b"--" + BOUNDARY + b"\r\n" + part + b"\r\n" for part in parts) + (
        b"--" + BOUNDARY + end
    )


def told(fields: Any, files: Any) -> Read:
    described = [
        (name, each.name, each.content_type, each.size, each.charset, each.read())
        for name, several in files.lists()
        for each in several
    ]
    return list(fields.lists()), described


def by_django(body: bytes) -> Read:
    meta = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY.decode()}",
        "CONTENT_LENGTH": str(len(body)),
    }
    return told(*MultiPartParser(meta, BytesIO(body), [MemoryFileUploadHandler()]).parse())


def quickly(body: bytes) -> Read | None:
    form = read_form(body, BOUNDARY)
    return told(*form) if form else None


def test_what_a_browser_sends_is_read_at_once() -> None:
    body = body_of(
        field("name", "Zoë\r\nO’Brien".encode()),
        field("tag", b"a"),
        field("tag", b"b"),
        file("resume", "Zoë – résumé; 2.pdf", b"%PDF-1.7\r\n\r\n--x\x00\xff"),
        file("cover", "", b"", "application/octet-stream"),
    )
    read = quickly(body)
    assert read is not None
    assert read == by_django(body)
    assert [name for name, *_ in read[1]] == ["resume"]


@given(
    st.lists(
        st.one_of(
            st.builds(field, st.text(max_size=8), st.binary(max_size=40)),
            st.builds(file, st.text("ab-", min_size=1), st.text(max_size=12), st.binary()),
            st.binary(max_size=80),
        ),
        max_size=5,
    ),
    st.sampled_from([b"--\r\n", b"--", b"", b"\r\n", b"--\r\nmore"]),
)
def test_it_reads_the_same_as_django_or_nothing(parts: list[bytes], end: bytes) -> None:
    body = body_of(*parts, end=end)
    read = quickly(body)
    assert read is None or read == by_django(body)


@pytest.mark.parametrize(
    "part",
    [
        b'content-disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nx',
        b"Content-Disposition: form-data; name=\"f\"; filename*=utf-8''x.pdf\r\n\r\nx",
        file("f", "..\\evil.pdf", b"x"),
        file("f", "../evil.pdf", b"x"),
        file("f", "a&#47;b.pdf", b"x"),
        file("f", "..", b"x"),
        file("f", "jo\u202efdp.exe", b"x"),
        file("f", "\udcff.pdf", b"x"),
        field("a", b"one --" + BOUNDARY + b" two"),
        field(" a ", b"x"),
        b"no head",
    ],
)
def test_what_no_browser_writes_is_left_to_django(part: bytes) -> None:
    assert quickly(body_of(field("ok", b"1"), part)) is None


def test_a_request_is_read_alike_whichever_reader_takes_it() -> None:
    usual = body_of(field("a", b"1"), file("f", "x.pdf", b"%PDF"))
    unusual = usual.replace(b"Content-Disposition", b"content-disposition")
    for body in (usual, unusual):
        request = post(body)
        assert request.POST["a"] == "1"
        assert request.FILES["f"].read() == b"%PDF"


def test_too_many_files_or_fields_are_refused() -> None:
    with pytest.raises(TooManyFilesSent):
        post(body_of(*[file("f", "x.pdf", b"x")] * 6)).POST  # noqa: B018
    with pytest.raises(TooManyFieldsSent):
        post(body_of(*[field("a", b"1")] * 210)).POST  # noqa: B018


def test_a_body_that_breaks_off_is_no_form() -> None:
    body = body_of(field("a", b"1"), file("f", "x.pdf", b"%PDF" * 100))
    assert quickly(body[:-40]) is None


def post(body: bytes) -> Any:
    kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    return RequestFactory().post("/", data=body, content_type=kind)

from __future__ import annotations

import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from sincerely.accounts.logo import LogoRefused, Picture, read_picture, store_logo


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_of = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_of)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x30\x60\x50" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2) -> bytes:
    jfif = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\0" * 9
    return b"\xff\xd8" + jfif + frame + b"\xff\xda\0\x02data\xff\xd9"


def webp(kind: bytes, rest: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(rest)) + rest
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_kind_and_size_are_read_from_the_content() -> None:
    assert read_picture(png(300, 200)) == Picture("png", 300, 200)
    assert read_picture(jpeg(300, 200)) == Picture("jpg", 300, 200)
    lossy = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 300, 200) + b"\0" * 8
    assert read_picture(webp(b"VP8 ", lossy)) == Picture("webp", 300, 200)
    lossless = b"\x2f" + struct.pack("<I", 299 | 199 << 14) + b"\0" * 10
    assert read_picture(webp(b"VP8L", lossless)) == Picture("webp", 300, 200)
    extended = b"\0" * 4 + (299).to_bytes(3, "little") + (199).to_bytes(3, "little") + b"\0" * 8
    assert read_picture(webp(b"VP8X", extended)) == Picture("webp", 300, 200)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "SVG can carry a program"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>', "SVG can carry a program"),
        (b"GIF89a....", "GIF is not taken"),
        (b"%PDF-1.4", "no whole PNG, JPEG or WebP"),
        (png()[:-20], "no whole PNG"),
        (b"\xff\xd8\xff\xe0\xff\xff", "no whole"),
        (b"\xff\xd8" + b"\xff" * 5_000 + b"\xff\xd9", "no whole"),
        (png(2_001, 10), "2001 × 10 pixels"),
        (png(0, 10), "0 × 10 pixels"),
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(LogoRefused, match=said):
        read_picture(content)


def test_a_logo_is_stored_by_its_content_whatever_it_is_called() -> None:
    name = store_logo(SimpleUploadedFile("../../logo.svg", png()))
    assert name.startswith("logos/")
    assert name.endswith(".png")
    assert default_storage.open(name).read() == png()


def test_a_large_file_is_refused_by_its_size() -> None:
    large = SimpleUploadedFile("logo.png", png() + b"\0" * 600_000)
    with pytest.raises(LogoRefused, match="586 KB; a logo may have 512 KB"):
        store_logo(large)

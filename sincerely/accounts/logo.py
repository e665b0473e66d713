"""An employer's logo: what it is follows from its content, never from its name.

Only the head of a file is read here, and no picture is decoded: that is left to the browser of
whoever looks at it. Formats: PNG (W3C, third edition), JPEG (ITU-T T.81), WebP (RFC 9649).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

MOST_BYTES = 512 * 1024
MOST_PIXELS = 2_000
_PNG = b"\x89PNG\r\n\x1a\n"
# JPEG's frame headers; the others between 0xC0 and 0xCF are tables.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class LogoRefused(ValueError):
    """The picture cannot be a logo here; the text says why, and what would do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`kind` is png, jpg or webp; width and height in pixels."""

    kind: str
    width: int
    height: int


def store_logo(upload: Any) -> str:
    """Check an uploaded file and store it by its hash; returns the name for `Employer.logo`.

    Raises LogoRefused.
    """
    if upload.size > MOST_BYTES:
        raise LogoRefused(f"This file has {upload.size // 1024} KB; a logo may have 512 KB.")
    content = upload.read(MOST_BYTES + 1)
    picture = read_picture(content)
    name = f"logos/{hashlib.sha256(content).hexdigest()}.{picture.kind}"
    return default_storage.save(name, ContentFile(content))


def read_picture(content: bytes) -> Picture:
    """The kind and size of a PNG, JPEG or WebP. Raises LogoRefused for anything else."""
    if not content:
        raise LogoRefused("This file is empty.")
    picture = _read_png(content) or _read_jpeg(content) or _read_webp(content)
    if picture is None:
        raise LogoRefused(_why_not(content))
    if not (0 < picture.width <= MOST_PIXELS and 0 < picture.height <= MOST_PIXELS):
        size = f"{picture.width} × {picture.height}"
        raise LogoRefused(f"This picture has {size} pixels; a logo may have 2000 × 2000.")
    return picture


def _why_not(content: bytes) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
        return "An SVG can carry a program, so it is not taken. Please save it as PNG or WebP."
    if start.startswith(b"gif8"):
        return "A GIF is not taken. Please save it as PNG or WebP."
    return "This is no whole PNG, JPEG or WebP picture. Please choose another file."


def _read_png(content: bytes) -> Picture | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or b"IEND" not in content[-12:]:
        return None
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return Picture("png", width, height)


def _read_jpeg(content: bytes) -> Picture | None:
    """Walk the segments to the frame header, which has the size."""
    if not content.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in content[-64:]:
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _FRAMES:
            height = int.from_bytes(content[at + 5 : at + 7])
            return Picture("jpg", int.from_bytes(content[at + 7 : at + 9]), height)
        # A run of 0xFF is padding before a marker.
        at += 1 if marker == 0xFF else 2 + length
    return None


def _read_webp(content: bytes) -> Picture | None:
    whole = int.from_bytes(content[4:8], "little") + 8 <= len(content)
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or not whole or len(content) < 30:
        return None
    if content[12:16] == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return Picture("webp", width, int.from_bytes(content[27:30], "little") + 1)
    if content[12:16] == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return Picture("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if content[12:16] == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width = int.from_bytes(content[26:28], "little") & 0x3FFF
        return Picture("webp", width, int.from_bytes(content[28:30], "little") & 0x3FFF)
    return None

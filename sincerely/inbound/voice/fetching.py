"""Fetches one recording from the provider: from where the host allows it, up to a size and a time.

The address comes with a request; a signed one, but what else would make us call our own network?
"""

from __future__ import annotations

import base64
import http.client
import ssl
import tempfile
import time
from collections.abc import Iterable
from typing import IO
from urllib.parse import SplitResult, urljoin, urlsplit

_SECONDS_TO_ANSWER = 15
_SECONDS_IN_ALL = 90
_CHUNK = 64 * 1024
_MOST_REDIRECTS = 3
_MOVED = {301, 302, 303, 307, 308}
_GONE = 410


class CannotBeHad(Exception):
    """There will never be a recording at this address; the text says why."""


class NotNow(Exception):
    """It may be there later."""


def fetch(
    address: str, *, allowed: Iterable[str], largest: int, login: tuple[str, str] | None = None
) -> IO[bytes]:
    """The recording as a file without a name, at its beginning.

    `allowed` are origins (`https://api.example.com`), `largest` is in bytes, `login` a name and a
    password that only those origins get. Raises CannotBeHad and NotNow.
    """
    origins = set(allowed)
    deadline = time.monotonic() + _SECONDS_IN_ALL
    for _ in range(_MOST_REDIRECTS + 1):
        place = _allowed(address, origins)
        with _Answer(place, login) as answer:
            if answer.status in _MOVED:
                address = urljoin(address, answer.moved_to)
                continue
            _require_there(answer.status)
            return answer.read(largest, deadline)
    raise CannotBeHad("the provider sends us from one address to the next")


def sound_kind(file: IO[bytes]) -> str:
    """ "wav" or "mp3" by the first bytes; empty for what is no sound."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2  # layer III
    return "mp3" if head[:3] == b"ID3" or is_frame else ""


def _allowed(address: str, origins: set[str]) -> SplitResult:
    try:
        place = urlsplit(address)
        origin = f"{place.scheme}://{place.netloc}".lower()
        _ = place.port
    except ValueError as error:
        raise CannotBeHad("its address cannot be read") from error
    if origin not in {each.rstrip("/").lower() for each in origins}:
        raise CannotBeHad("it lies at an address that we do not fetch from")
    return place


def _require_there(status: int) -> None:
    if status == _GONE:
        raise CannotBeHad("the provider has deleted it")
    if status != 200:
        raise NotNow(f"answer {status}")


class _Answer:
    """The answer of the provider, open while it is read."""

    def __init__(self, place: SplitResult, login: tuple[str, str] | None) -> None:
        if place.scheme == "https":
            secure = ssl.create_default_context()
            self.connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                str(place.hostname), place.port, timeout=_SECONDS_TO_ANSWER, context=secure
            )
        else:
            self.connection = http.client.HTTPConnection(
                str(place.hostname), place.port, timeout=_SECONDS_TO_ANSWER
            )
        self.target = place.path + (f"?{place.query}" if place.query else "")
        self.headers = {"Accept": "audio/*"}
        if login:
            pair = base64.b64encode(":".join(login).encode()).decode()
            self.headers["Authorization"] = f"Basic {pair}"

    def __enter__(self) -> _Answer:
        try:
            self.connection.request("GET", self.target or "/", headers=self.headers)
            self.answer = self.connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise NotNow(str(error) or type(error).__name__) from error
        self.status = self.answer.status
        self.moved_to = self.answer.headers.get("Location", "")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def read(self, largest: int, deadline: float) -> IO[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        try:
            while chunk := self.answer.read1(_CHUNK):
                file.write(chunk)
                if file.tell() > largest:
                    raise CannotBeHad(f"it is larger than {largest} bytes")
                if time.monotonic() > deadline:
                    raise NotNow("it came too slowly")
        except (OSError, http.client.HTTPException) as error:
            raise NotNow(str(error)) from error
        if self.answer.length:
            raise NotNow("the connection ended in the middle of it")
        file.seek(0)
        return file

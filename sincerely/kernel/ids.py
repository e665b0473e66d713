"""Keys: made in Python, so that a retry by the client names the same row."""

from __future__ import annotations

import hashlib
import random
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from sincerely.kernel import clock


class _Repeatable:
    """Ids by the moving clock and a seed."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - for runs that are repeated, never to guard
        self._last = 0

    def uuid7(self) -> UUID:
        milliseconds = int(clock.now().timestamp() * 1000)
        # One after the other sorts so, also when the clock is set back.
        self._last = max(milliseconds << 12, self._last + 1)
        value = self._last >> 12 << 80 | 0x7 << 76 | (self._last & 0xFFF) << 64
        return UUID(int=value | 0x2 << 62 | self.chance.getrandbits(62))


_repeatable: ContextVar[_Repeatable | None] = ContextVar("repeatable_ids", default=None)


@contextmanager
def repeatable_ids(seed: str) -> Iterator[None]:
    """Make the same ids and reference numbers, in the same order, whenever the block is run. For a
    simulation; whoever knows the seed can guess them all."""
    token = _repeatable.set(_Repeatable(seed))
    try:
        yield
    finally:
        _repeatable.reset(token)


def uuid7() -> UUID:
    """A time-ordered UUID, version 7 (RFC 9562, 5.7).

    48 bits of milliseconds, 12 bits of the part of a millisecond (section 6.2, method 3: rows that
    one process makes one after the other sort so), 62 random bits.
    """
    if repeatable := _repeatable.get():
        return repeatable.uuid7()
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (rest << 12) // 1_000_000 << 64
    return UUID(int=value | 0x2 << 62 | secrets.randbits(62))


def uuid_of(key: UUID, content: bytes) -> UUID:
    """The same for the same key and content, and as ordered in time as the key (a uuid7)."""
    mixed = hashlib.sha256(key.bytes + content).digest()
    return UUID(bytes=key.bytes[:6] + mixed[:10], version=4)


def reference_number() -> str:
    """Ten digits to read out or to type on a phone; never starts with 0."""
    repeatable = _repeatable.get()
    number = repeatable.chance.randrange if repeatable else secrets.randbelow
    return str(10**9 + number(9 * 10**9))


def spoken_reference(number: str) -> str:
    """`4821553907` as `4821 553 907`, the way it is printed and read out."""
    return f"{number[:4]} {number[4:7]} {number[7:]}"


# Without letters and digits that are mistaken for each other, read out or on a screen.
_CODE_SIGNS = "23456789ACDEFGHJKMNPQRTVWXY"


def help_code() -> str:
    """`K7X-4QD`: names one failure to support and in the log."""
    signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(6))
    return f"{signs[:3]}-{signs[3:]}"


def help_code_in(text: str) -> str:
    """The first code that stands in a text; empty when there is none."""
    found = re.search(rf"\b[{_CODE_SIGNS}]{{3}}-[{_CODE_SIGNS}]{{3}}\b", text)
    return found[0] if found else ""


def read_help_code(typed: str) -> str:
    """The code in what somebody typed or read off (`k7x 4qd`); empty when it is none."""
    signs = re.sub(r"[\s-]", "", typed).upper()
    is_one = len(signs) == 6 and set(signs) <= set(_CODE_SIGNS)
    return f"{signs[:3]}-{signs[3:]}" if is_one else ""

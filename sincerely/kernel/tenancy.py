"""Which employer the running code acts for.

Every tenant row belongs to one employer. Managers of tenant models read the employer from here
and raise `OutsideEmployer` when there is none, so a forgotten filter is an error and never a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID


class OutsideEmployer(RuntimeError):
    """A tenant row was asked for while no employer was set."""


class _Across:
    """All employers at once: for sweeps and operators, reading only."""


ACROSS = _Across()
_current: ContextVar[UUID | _Across | None] = ContextVar("employer", default=None)


def current_employer_id() -> UUID:
    """The employer the code acts for; raises OutsideEmployer when there is none."""
    current = _current.get()
    if not isinstance(current, UUID):
        raise OutsideEmployer("Set an employer first: `with employer_scope(employer):`.")
    return current


def is_across() -> bool:
    return _current.get() is ACROSS


@contextmanager
def employer_scope(employer: Any) -> Iterator[UUID]:
    """Act for one employer (an Employer or its id) within the block."""
    employer_id = (
        employer if isinstance(employer, UUID) else UUID(str(getattr(employer, "pk", employer)))
    )
    token = _current.set(employer_id)
    try:
        yield employer_id
    finally:
        _current.reset(token)


@contextmanager
def across_employers() -> Iterator[None]:
    """Read rows of all employers within the block.

    Only for a sweep that collects ids and hands each to a job of its own, and for the operator's
    figures. Writing tenant rows inside still raises.
    """
    token = _current.set(ACROSS)
    try:
        yield
    finally:
        _current.reset(token)

"""The caller look-up: any scrap of a name, phone, e-mail or reference → the right application.

Made for a recruiter with a caller in the ear: at most eight rows, in milliseconds, whatever the
number of applicants. Names are searched in three steps, each only while rows are missing: the full
name in any order; beginnings and fragments of words; words with a slip of the keyboard. Every
statement stops by itself: it reads the newest few applications of a few dozen words at most.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection

from sincerely.hiring import lookup_sql as sql
from sincerely.hiring.dates import in_words
from sincerely.hiring.marking import marked
from sincerely.hiring.models import Reference
from sincerely.kernel import clock
from sincerely.kernel.folding import fold, spellings
from sincerely.kernel.tenancy import current_employer_id

MOST = 8
_LONGEST_SCRAP = 200
# From so many letters on, few people with a common name share what follows it.
_SELECTIVE = 3
# In shorter words, a slip makes another name.
_GUESSED = 4
# Each only where the one before found nobody: what a word is like, the others anywhere or next to.
_GUESSES = ((sql.SLIP, False), (sql.SLIP, True), (sql.TYPO, True))
# Sorts, byte by byte, after everything that begins with the text before it.
_LAST = "\U0010ffff"
_DIGITS = re.compile(r"\D+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of the look-up. `name_marked` is safe HTML with the match in <mark>; `promised` says
    in plain words what was last promised; `ended` is the closure's reason or empty."""

    application_id: UUID
    reference: str
    name: str
    name_marked: str
    job_title: str
    stage_name: str
    due_on: dt.date | None
    is_late: bool
    ended: str
    owner: str
    applied_at: dt.datetime
    promised: str
    email: str
    phone: str


def look_up(scrap: str, *, jobs: Any = None, limit: int = MOST) -> list[Found]:
    """The applications of the current employer that fit a scrap, best and newest first.

    `jobs` (a queryset) restricts to what a hiring manager may see; None is everything.
    """
    scrap = " ".join(scrap.replace("\x00", "").split())[:_LONGEST_SCRAP]
    job_ids = None if jobs is None else list(jobs.values_list("pk", flat=True))
    ids = _Search(job_ids, limit).find(scrap)
    return _rows(ids, scrap)


class _Search:
    """One look-up: gathers application ids, in order, until there are enough."""

    def __init__(self, job_ids: list[UUID] | None, limit: int) -> None:
        self.job_ids, self.limit = job_ids, limit
        self.ids: dict[UUID, None] = {}

    def find(self, scrap: str) -> list[UUID]:
        for step in self._steps(scrap):
            if len(self.ids) < self.limit:
                self.ids |= dict.fromkeys(step())
        return list(self.ids)[: self.limit]

    def _steps(self, scrap: str) -> Iterator[Callable[[], Iterable[UUID]]]:
        digits = _DIGITS.sub("", scrap)
        if "@" in scrap:
            yield lambda: self._run(sql.EMAIL, pattern=_prefix(scrap.lower()))
        elif len(digits) >= 3 and not any(sign.isalpha() for sign in scrap):
            yield lambda: self._by_reference(digits)
            yield lambda: self._run(sql.PHONE, pattern=_prefix(digits.lstrip("0")[::-1]))
        elif words := [word for word in map(str.strip, re.split(r"[\s,;]+", scrap)) if fold(word)]:
            yield from self._name_steps(words)
            if len(words) == 1:
                yield lambda: self._run(sql.EMAIL, pattern=_prefix(scrap.lower()))

    def _name_steps(self, words: list[str]) -> Iterator[Callable[[], Iterable[UUID]]]:
        if len(words) > 1:
            yield lambda: self._by_full_name(words)
        longest = max(words, key=len)
        others = [fold(word) for word in words if word is not longest]
        yield lambda: self._by_word(sql.BEGINNING, longest, others)
        if len(words) > 1 and not self.ids:
            yield lambda: self._by_word(sql.BEGINNING, longest, others, anywhere=True)
        if len(words) > 1 and min(map(len, words)) <= 3:
            # "O Brien" for O'Brien, "Mac Donald" for MacDonald.
            yield lambda: self._by_word(sql.BEGINNING, "".join(words), [])
        # Where a first name and a surname found somebody, the middle of words is noise.
        if len(words) == 1 or not self.ids:
            yield lambda: self._by_word(sql.FRAGMENT, longest, others)
        yield from self._guesses(words)

    def _guesses(self, words: list[str]) -> Iterator[Callable[[], Iterable[UUID]]]:
        """One word is written otherwise, the others are right. A name that was only heard often
        is: Meyer, Anna is Anna Meier, and shown below her when both are here."""
        doubtful = [word for word in words[:3] if len(fold(word)) >= _GUESSED]
        doubtful.sort(key=len, reverse=True)
        for (like, anywhere), word in product(_GUESSES, doubtful):
            others = [fold(other) for other in words if other is not word]
            yield partial(self._by_word, like, word, others, anywhere=anywhere)
            if self.ids:
                return

    def _by_reference(self, digits: str) -> Iterable[UUID]:
        found = self._run(sql.REFERENCE, low=digits, high=digits + ":")
        if found or len(digits) != 10:
            return found
        # A second application of the same person was given a number of its own.
        alias = Reference.objects.filter(number=digits, employer_key=current_employer_id()).first()
        return self._run(sql.APPLICATION, id=alias.application_key) if alias else []

    def _by_full_name(self, words: list[str]) -> Iterable[UUID]:
        keys = [(term, fold(" ".join(words[1:]))) for term in spellings(words[0])]
        keys += [(term, fold(" ".join(words[:-1]))) for term in spellings(words[-1])]
        shortest = min(len(rest) for _, rest in keys)
        return self._run(
            sql.FULL_NAME if shortest >= _SELECTIVE else sql.NAME_AND_INITIAL,
            terms=[term for term, _ in keys],
            rests=[rest for _, rest in keys],
            ends=[rest + _LAST for _, rest in keys],
        )

    def _by_word(
        self, words: str, word: str, others: list[str], *, anywhere: bool = False
    ) -> Iterable[UUID]:
        """By some words like one that was typed, with the other words in the same name."""
        next_to = len(others) == 1 and len(others[0]) >= _SELECTIVE and not anywhere
        typed = spellings(word)
        other = others[0] if next_to else ""
        return self._run(
            sql.newest(words, next_to=next_to),
            word=typed[0],
            words=typed,
            ends=[spelling + _LAST for spelling in typed],
            letter_end=typed[0][:1] + _LAST,
            fragments=["%" + _prefix(spelling) for spelling in typed],
            others=["% " + _prefix(other) for other in others],
            other=other,
            other_end=other + _LAST,
        )

    def _run(self, statement: str, **values: Any) -> list[UUID]:
        values |= {"employer": current_employer_id(), "limit": self.limit, "jobs": self.job_ids}
        with connection.cursor() as cursor:
            cursor.execute(sql.within(statement, jobs=self.job_ids is not None), values)
            return [row[0] for row in cursor.fetchall()]


def _prefix(text: str) -> str:
    """A LIKE pattern for what begins with the text."""
    return re.sub(r"([%_\\])", r"\\\1", text) + "%"


def _rows(ids: list[UUID], scrap: str) -> list[Found]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.ROWS, {"employer": current_employer_id(), "ids": ids})
        found = {row[0]: _found(*row, scrap=scrap) for row in cursor.fetchall()}
    return [found[key] for key in ids if key in found]


def _found(
    key: UUID,
    reference: str,
    name: str,
    email: str,
    phone: str,
    applied_at: dt.datetime,
    due_on: dt.date | None,
    ended_at: dt.datetime | None,
    job_title: str,
    stage_name: str,
    owner: str,
    time_zone: str,
    *,
    scrap: str,
) -> Found:
    late = ended_at is None and due_on is not None and due_on < clock.today(time_zone)
    return Found(
        application_id=key,
        reference=reference,
        name=name,
        name_marked=marked(name, scrap),
        job_title=job_title,
        stage_name=stage_name,
        due_on=due_on,
        is_late=late,
        ended="ended" if ended_at else "",
        owner=owner,
        applied_at=applied_at,
        promised="Ended" if ended_at else _promised(due_on, late),
        email=email,
        phone=phone,
    )


def _promised(due_on: dt.date | None, late: bool) -> str:
    if due_on is None:
        return "No date yet"
    return f"{'Should have heard' if late else 'Hears'} by {in_words(due_on)}"

"""What the caller look-up searches: every word of every applicant's name.

`NameTerm` holds each distinct word of an employer once, so that fragments and typos are looked for
among some ten thousand words and not among a million people. `NameKey` leads from a word to the
newest applications with it. docs/decisions/0005-look-up.md has the figures behind this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.folding import rotations
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import TenantManager, TenantModel
from sincerely.kernel.rows import Together

_KEYS = """
SELECT * FROM unnest({}::uuid[], {}::uuid[], {}::text[], {}::text[])
AS key (term_id, key_id, term, rest)"""
_TERMS = """
INSERT INTO hiring_nameterm (employer_id, id, term)
SELECT {}, term_id, term FROM keys ORDER BY term
ON CONFLICT (employer_id, term) DO NOTHING"""
_NAMES = """
INSERT INTO hiring_namekey (employer_id, id, term, rest, applied_at, application_id)
SELECT {}, key_id, term, rest, {}::timestamptz, {} FROM keys"""


class NameTerm(TenantModel):
    """One folded word that occurs in a name."""

    term = models.CharField(max_length=200)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["employer", "term"], name="name_term_once")]
        indexes = [
            models.Index(
                models.F("employer"), OpClass("term", "text_pattern_ops"), name="name_term_prefix"
            ),
            GinIndex(
                models.F("employer"), OpClass("term", "gin_trgm_ops"), name="name_term_trigram"
            ),
        ]

    def __str__(self) -> str:
        return self.term


class NameKeyManager(TenantManager):
    def enter(self, application: Any, together: Together) -> None:
        """Make a new application findable by its name, written with it."""
        keys = sorted(rotations(application.name))
        ids = [uuid7() for _ in keys], [uuid7() for _ in keys]
        employer, applied_at = application.employer_id, application.applied_at
        columns = [list(column) for column in zip(*keys, strict=True)] or [[], []]
        together.select("keys", _KEYS, [*ids, *columns])
        together.select("terms", _TERMS, [employer])
        together.select("names", _NAMES, [employer, applied_at, application.pk])

    def enter_name(self, application: Any, name: str) -> None:
        """Make an application findable by one more name of the same person."""
        known = set(self.filter(application=application).values_list("term", flat=True))
        self._add(application, [key for key in rotations(name) if key[0] not in known])

    def _add(self, application: Any, keys: Iterable[tuple[str, str]]) -> None:
        keys = list(keys)
        NameTerm.objects.bulk_create(
            [NameTerm(term=term) for term, _ in sorted(keys)], ignore_conflicts=True
        )
        self.bulk_create(
            NameKey(
                term=term, rest=rest, applied_at=application.applied_at, application=application
            )
            for term, rest in keys
        )


class NameKey(TenantModel):
    """One word of an applicant's name, the words around it, and the application it leads to."""

    term = models.CharField(max_length=200)
    rest = models.CharField(max_length=400)
    applied_at = models.DateTimeField()
    application = TenantForeignKey("hiring.Application", on_delete_cascade=True, related_name="+")

    objects: ClassVar[Any] = NameKeyManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["employer", "term", "-applied_at"],
                include=["rest", "application"],
                name="name_key_newest",
            ),
            models.Index(
                models.F("employer"),
                models.F("term"),
                OpClass("rest", "text_pattern_ops"),
                name="name_key_full",
            ),
            models.Index(fields=["employer", "application"], name="name_key_application"),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.rest}"

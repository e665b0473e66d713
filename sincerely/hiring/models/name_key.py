"""What the caller look-up searches: every word of every applicant's name.

`NameTerm` holds each distinct word of an employer once, so that fragments and typos are looked for
among some ten thousand words and not among a million people. `NameKey` leads from a word to the
newest applications with it. docs/decisions/0005-look-up.md has the figures behind this.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models

from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.folding import rotations
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import TenantManager, TenantModel

_ENTER = """
WITH keys AS (
    SELECT * FROM unnest(%(term_ids)s::uuid[], %(key_ids)s::uuid[], %(terms)s::text[],
        %(rests)s::text[]) AS key (term_id, key_id, term, rest)
), terms AS (
    INSERT INTO hiring_nameterm (employer_id, id, term)
    SELECT %(employer)s, term_id, term FROM keys ORDER BY term
    ON CONFLICT (employer_id, term) DO NOTHING
), numbered AS (
    INSERT INTO hiring_reference (number, employer_key, application_key)
    VALUES (%(number)s, %(employer)s, %(application)s)
)
INSERT INTO hiring_namekey (employer_id, id, term, rest, applied_at, application_id)
SELECT %(employer)s, key_id, term, rest, %(applied_at)s, %(application)s FROM keys
"""


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
    def enter(self, application: Any) -> None:
        """Make a new application findable by its reference number and its name, in one statement.

        Raises IntegrityError when the number is taken (once in many thousand times at a million
        applications): the caller begins again with another.
        """
        keys = rotations(application.name)
        with connection.cursor() as cursor:
            cursor.execute(
                _ENTER,
                {
                    "term_ids": [uuid7() for _ in keys],
                    "key_ids": [uuid7() for _ in keys],
                    "terms": [term for term, _ in keys],
                    "rests": [rest for _, rest in keys],
                    "employer": application.employer_id,
                    "application": application.pk,
                    "applied_at": application.applied_at,
                    "number": application.reference,
                },
            )

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

"""A person, once per employer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.constants import OnConflict

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class CandidateQuerySet(TenantQuerySet):
    def same_person(self, *, name: str, email: str, phone: str) -> Candidate:
        """The candidate with this e-mail address, or a new one.

        One statement, safe under concurrency. A known candidate's name and phone stay as they are:
        whoever types an address has not shown that it is theirs. What was typed is kept on the
        application. `email` is lower-case or empty, `phone` E.164 or empty.
        """
        candidate = Candidate(name=name, email=email or None, phone=phone)
        fields = self.model._meta.local_concrete_fields
        by_name = {field.name: field for field in fields}
        # bulk_create(update_conflicts=True) would not say which row it met: hence its inner call.
        insert: Any = getattr(self, "_insert")  # noqa: B009  (not in Django's types)
        ((found,),) = insert(
            [candidate],
            fields=fields,
            using=self.db,
            returning_fields=[by_name["id"]],
            on_conflict=OnConflict.UPDATE,
            update_fields=[by_name["email"]],
            unique_fields=[by_name["employer"], by_name["email"]],
        )
        candidate.pk = found
        candidate._state.adding = False
        return candidate


class Candidate(TenantModel):
    """A person who applied, was referred, or was imported. No e-mail address is NULL, so that the
    unique constraint lets several people have none."""

    employer = EmployerKey(related_name="candidates")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, null=True, blank=True)  # noqa: DJ001
    phone = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = TenantManager.from_queryset(CandidateQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "email"], name="candidate_email_once")
        ]

    def __str__(self) -> str:
        return self.name

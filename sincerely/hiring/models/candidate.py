"""A person, once per employer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet
from sincerely.kernel.rows import Met, Together


class CandidateQuerySet(TenantQuerySet):
    def same_person(self, together: Together, *, name: str, email: str, phone: str) -> Met:
        """Have the candidate with this e-mail address, or a new one, written with what refers to
        it; what is returned stands for its id.

        Safe under concurrency. A known candidate's name and phone stay as they are: whoever types
        an address has not shown that it is theirs. What was typed is kept on the application.
        `email` is lower-case or empty, `phone` E.164 or empty.
        """
        return together.meet(Candidate(name=name, email=email or None, phone=phone), by="email")


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

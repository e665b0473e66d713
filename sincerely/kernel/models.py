"""Tenant rows, their managers, and the append-only record of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django.db.models.sql.where import AND

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.ids import uuid7
from sincerely.kernel.tenancy import OutsideEmployer, current_employer_id, is_across


class TenantQuerySet(models.QuerySet):
    """Rows of the current employer."""


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Reads only the current employer's rows; raises OutsideEmployer where there is none."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        if not is_across():
            # What filter(employer_id=…) comes to, at a tenth of its price: every query pays it.
            employer = self.model._meta.get_field("employer")
            column = employer.get_col(rows.query.get_initial_alias())
            rows.query.where.add(Exact(column, current_employer_id()), AND)
        return rows

    def _insert(self, *args: Any, **kwargs: Any) -> Any:
        """Writing a row needs no filter; TenantModel.save() has looked at its employer."""
        return super().get_queryset()._insert(*args, **kwargs)

    def create(self, **fields: Any) -> Any:
        row = self.model(**fields)
        row.save(force_insert=True, using=self.db)
        return row


class TenantModel(models.Model):
    """A row that belongs to one employer; keyed (employer_id, id) in the database.

    A child that has a Meta must inherit this one: `class Meta(TenantModel.Meta)`.
    """

    employer = EmployerKey(related_name="+")
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    objects: ClassVar[Any] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.require_own_employer()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self.require_own_employer()
        # Through the queryset, because Model.delete() names the id alone.
        return type(self).objects.filter(pk=self.pk).delete()

    def lock(self, *, without: Iterable[str] = ()) -> Self:
        """Take the row for this transaction and read it afresh, all but these columns."""
        rows = type(self).objects.select_for_update(of=("self",)).defer(*without)
        self.refresh_from_db(from_queryset=rows)
        return self

    def require_own_employer(self) -> None:
        """Raise OutsideEmployer unless the row is of the employer the code acts for."""
        if self.employer_id != current_employer_id():
            raise OutsideEmployer(f"{type(self).__name__} {self.pk} belongs to another employer.")


class EventQuerySet(TenantQuerySet):
    def about(self, row: models.Model) -> EventQuerySet:
        return self.filter(about_id=row.pk)

    def newest_first(self) -> EventQuerySet:
        return self.order_by("-at", "-id")


class Event(TenantModel):
    """One thing that happened to one row. Written once, never changed.

    `actor` is the identity of who did it, empty for the applicant and for the system; `by` is the
    name to show ("Rosa", "the applicant", "sincerely").
    """

    about_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.UUIDField(null=True)
    by = models.CharField(max_length=200)
    data = models.JSONField(default=dict)

    objects: ClassVar[Any] = TenantManager.from_queryset(EventQuerySet)()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["employer", "about_id", "-at"], name="event_about")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"


class Counter(models.Model):
    """How often a key was used in the window that began at `since` (limits.py).

    The table is unlogged: a crash of PostgreSQL empties it, and counting starts again.
    """

    key = models.CharField(primary_key=True, max_length=200)
    since = models.DateTimeField(db_default=Now())
    count = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["since"], name="counter_since")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


def record(kind: str, about: models.Model, *, by: Any, data: dict[str, Any] | None = None) -> Event:
    """Write one Event about a row. `by` is an Identity, or a plain name such as "the applicant"."""
    event = _event(kind, about, by, data)
    event.save(force_insert=True)
    return event


def record_each(
    kind: str, about: Iterable[models.Model], *, by: Any, data: dict[str, Any] | None = None
) -> None:
    """Write the same about each of several rows, in one statement."""
    Event.objects.bulk_create([_event(kind, row, by, data) for row in about])


def _event(kind: str, about: models.Model, by: Any, data: dict[str, Any] | None) -> Event:
    actor_id: UUID | None = getattr(by, "pk", None)
    return Event(about_id=about.pk, kind=kind, by=str(by), actor_id=actor_id, data=data or {})

"""The foreign keys of tenant tables.

In the database a tenant row is keyed by (employer_id, id), and a reference from one tenant row to
another is (employer_id, x_id) → (employer_id, id). Django is told of one `id`; the composite
constraints are made by `KeyByEmployer` (operations.py). `get_extra_restriction` and
`get_extra_descriptor_filter` are Django's private hooks: tests/kernel/test_fields.py pins the SQL.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from sincerely.kernel.tenancy import current_employer_id

# What the three keys have in common: the constraint is made by KeyByEmployer, an index by the
# model's Meta (it must begin with the employer), and what a delete does is the database's business.
_BY_US: dict[str, Any] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
}


class ReferenceForeignKey(models.ForeignKey):
    """A reference from a tenant row to a global table (Identity, Employer)."""

    def __init__(self, to: Any, **kwargs: Any) -> None:
        super().__init__(to, **kwargs | _BY_US)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: kwargs[key] for key in kwargs if key not in _BY_US}


class EmployerKey(ReferenceForeignKey):
    """The employer a row belongs to: filled from the scope, and the table's first column."""

    def __init__(self, to: Any = "accounts.Employer", **kwargs: Any) -> None:
        kwargs.setdefault("default", current_employer_id)
        kwargs.setdefault("editable", False)
        super().__init__(to, **kwargs)
        # Before every other field of the model, so that the column comes first.
        self.creation_counter = -1_000_000


class TenantForeignKey(models.ForeignKey):
    """A reference to a row of the same employer; joins and look-ups carry the employer too."""

    def __init__(self, to: Any, *, on_delete_cascade: bool = False, **kwargs: Any) -> None:
        self.on_delete_cascade = on_delete_cascade
        super().__init__(to, **kwargs | _BY_US)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs = {key: kwargs[key] for key in kwargs if key not in _BY_US}
        if self.on_delete_cascade:
            kwargs["on_delete_cascade"] = True
        return name, path, args, kwargs

    def get_extra_restriction(self, alias: Any, related_alias: Any) -> WhereNode:
        remote: Any = self.remote_field.model._meta.get_field("employer")
        local: Any = self.model._meta.get_field("employer")
        same_employer: Any = Exact(remote.get_col(alias), local.get_col(related_alias))
        return WhereNode([same_employer])

    def get_extra_descriptor_filter(self, instance: Any) -> dict[str, Any]:
        return {"employer_id": instance.employer_id}


class TenantOneToOneField(TenantForeignKey, models.OneToOneField):
    """At most one row for each row referred to.

    `unique` on the column alone would lack the employer, so it is switched off here and declared
    as a constraint over (employer, x) in the model's Meta.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        super().__init__(to, **kwargs)
        self._unique = False

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("unique", None)
        return name, path, args, kwargs

"""Checks that every tenant table is declared as the scale rules demand (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import models

from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.models import TenantModel


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete model whose rows belong to one employer."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


@register("sincerely")
def check_tenant_models(app_configs: Any, **kwargs: Any) -> list[Error]:
    errors = []
    for model in apps.get_models():
        found = _tenant_faults(model) if issubclass(model, TenantModel) else _global_faults(model)
        errors += [Error(message, obj=model, id="sincerely.E001") for message in found]
    return errors


def _tenant_faults(model: type[TenantModel]) -> Iterator[str]:
    meta: Any = model._meta
    if meta.base_manager_name != "objects":
        yield "its Meta must inherit TenantModel.Meta"
    if not isinstance(meta.local_fields[0], EmployerKey):
        yield "employer must be its first column"
    if meta.local_many_to_many:
        yield "has an implicit many-to-many; write the row between as a tenant model"
    for field in meta.local_fields:
        if field.unique and not field.primary_key:
            yield f"{field.name} is unique without the employer"
        if field.db_index:
            yield f"the index on {field.name} does not begin with the employer"
        if field.is_relation:
            far_is_tenant = issubclass(field.related_model, TenantModel)
            wanted = TenantForeignKey if far_is_tenant else ReferenceForeignKey
            if not isinstance(field, wanted):
                yield f"{field.name} must be a {wanted.__name__}"
    yield from _key_faults(model)


def _key_faults(model: type[TenantModel]) -> Iterator[str]:
    for index in model._meta.indexes:
        names = [name.lstrip("-") for name in index.fields]
        expressions = [str(part) for part in index.expressions]
        if names[:1] != ["employer"] and not any("employer" in part for part in expressions[:1]):
            yield f"index {index.name} does not begin with the employer"
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields[:1] != (
            "employer",
        ):
            yield f"constraint {constraint.name} does not begin with the employer"


def _global_faults(model: Any) -> Iterator[str]:
    for field in model._meta.local_fields:
        if (
            field.is_relation
            and field.related_model
            and issubclass(field.related_model, TenantModel)
        ):
            yield f"{field.name}: a global table cannot refer to a tenant table"

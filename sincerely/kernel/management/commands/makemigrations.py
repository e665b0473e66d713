"""Django's makemigrations, minding tenant tables: employer first, keys by employer."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoCommand
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.operations import AddField, CreateModel

from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.operations import KeyByEmployer


class TenantAutodetector(MigrationAutodetector):
    """Puts the employer's column first in new tables and ends their migration in KeyByEmployer."""

    def changes(self, *args: Any, **kwargs: Any) -> Any:
        changes: dict[str, list[Any]] = super().changes(*args, **kwargs)
        for migrations in changes.values():
            for migration in migrations:
                minded = [_minded(operation) for operation in migration.operations]
                if any(minded):
                    migration.operations.append(KeyByEmployer())
        return changes


def _minded(operation: Any) -> bool:
    """Reorder a CreateModel; say whether the operation makes keys necessary."""
    if isinstance(operation, AddField):
        return isinstance(operation.field, TenantForeignKey | ReferenceForeignKey)
    if not isinstance(operation, CreateModel):
        return False
    # sorted() is stable: the employer comes first, the rest stays in the order of the model.
    operation.fields = sorted(operation.fields, key=lambda named: not _is_employer(named[1]))
    return any(_is_employer(field) for _, field in operation.fields)


def _is_employer(field: Any) -> bool:
    return isinstance(field, EmployerKey)


class Command(DjangoCommand):
    autodetector = TenantAutodetector

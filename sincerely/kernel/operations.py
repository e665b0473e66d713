"""The migration operation that gives tenant tables their database keys."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey


class KeyByEmployer(Operation):
    """Bring every tenant table of the app to its keys; leaves alone what has them already.

    Primary key (employer_id, id); x_id → (id) for every reference to a global table; and
    (employer_id, x_id) → (employer_id, id) for every TenantForeignKey. None is
    deferrable, as sharding demands.
    Put it last in each migration that adds a tenant table or a TenantForeignKey.
    """

    reversible = True
    reduces_to_sql = False

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Django's own state stays: it sees one `id`."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        models = to_state.apps.get_app_config(app_label).get_models()
        tenants = [model for model in models if _is_tenant(model)]
        # All primary keys first: the references of one table rest on the key of another.
        for model in tenants:
            self._swap_primary_key(schema_editor, model._meta.db_table)
        for model in tenants:
            for field in model._meta.local_fields:
                self._refer(schema_editor, model, field)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """The tables themselves go next; nothing to undo."""

    def describe(self) -> str:
        return "Key tenant tables by employer"

    def _swap_primary_key(self, schema_editor: Any, table: str) -> None:
        with schema_editor.connection.cursor() as cursor:
            constraints = schema_editor.connection.introspection.get_constraints(cursor, table)
        for name, about in constraints.items():
            if about["primary_key"] and about["columns"] == ["id"]:
                schema_editor.execute(
                    f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}", '
                    f'ADD CONSTRAINT "{name}" PRIMARY KEY (employer_id, id)'
                )

    def _refer(self, schema_editor: Any, model: Any, field: Any) -> None:
        if isinstance(field, TenantForeignKey):
            own, far = f"(employer_id, {field.column})", "(employer_id, id)"
            cascade = "ON DELETE CASCADE" if field.on_delete_cascade else ""
        elif isinstance(field, ReferenceForeignKey):
            own, far, cascade = f"({field.column})", "(id)", ""
        else:
            return
        table, target = model._meta.db_table, field.remote_field.model._meta.db_table
        name = f"{table}_{field.column}_key_fk"[:63]
        if not _has_constraint(schema_editor.connection, table, name):
            schema_editor.execute(
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY {own} '
                f'REFERENCES "{target}" {far} {cascade} NOT DEFERRABLE'
            )


def _is_tenant(model: Any) -> bool:
    return any(isinstance(field, EmployerKey) for field in model._meta.local_fields)


def _has_constraint(connection: Any, table: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [name, f'"{table}"'],
        )
        return cursor.fetchone() is not None

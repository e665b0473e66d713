"""What the database itself must hold for sharding to be free later (docs/architecture.md)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from sincerely.kernel.checks import check_tenant_models, tenant_models
from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.sql_lint import tenant_tables

pytestmark = pytest.mark.django_db

# Third parties' tables and our own without an employer: copied to every node, or local to one.
GLOBAL_APPS = {
    "auth", "contenttypes", "sessions", "procrastinate", "account", "mfa", "usersessions",
    "accounts",
}  # fmt: skip
GLOBAL_TABLES = {
    "hiring_reference", "hiring_linenumber", "kernel_counter", "outbox_accountmail",
    "inbound_inboundmail", "inbound_mailbox", "inbound_voicestep", "inbound_providercall",
    "support_incident", "support_trailstep",
}  # fmt: skip


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def test_every_table_is_declared_tenant_or_global() -> None:
    undeclared = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.db_table not in tenant_tables() | GLOBAL_TABLES
        and model._meta.app_label not in GLOBAL_APPS
    }
    assert not undeclared


def test_the_declarations_pass_their_checks() -> None:
    assert check_tenant_models(None) == []


@pytest.mark.parametrize("table", sorted(tenant_tables()))
def test_a_tenant_table_begins_with_the_employer_and_is_keyed_by_it(table: str) -> None:
    first = rows(
        "SELECT attname, attnotnull, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum = 1",
        table,
    )
    assert first == [("employer_id", True, "uuid")]
    (key,) = rows(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'p'",
        table,
    )
    assert key == ("PRIMARY KEY (employer_id, id)",)


@pytest.mark.parametrize("table", sorted(tenant_tables()))
def test_every_index_of_a_tenant_table_begins_with_the_employer(table: str) -> None:
    definitions = rows(
        "SELECT pg_get_indexdef(indexrelid, 1, true), indexrelid::regclass::text FROM pg_index"
        " WHERE indrelid = %s::regclass",
        table,
    )
    assert {first for first, _ in definitions} == {"employer_id"}, definitions


@pytest.mark.parametrize("table", sorted(tenant_tables()))
def test_no_sequence_trigger_rule_or_deferrable_key(table: str) -> None:
    found = rows(
        """
        SELECT 'default', attname::text FROM pg_attribute
        WHERE attrelid = %(t)s::regclass AND (attidentity <> '' OR pg_get_serial_sequence(
            %(t)s, attname) IS NOT NULL) AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT 'trigger', tgname FROM pg_trigger
        WHERE tgrelid = %(t)s::regclass AND NOT tgisinternal
        UNION ALL SELECT 'rule', rulename FROM pg_rewrite WHERE ev_class = %(t)s::regclass
        UNION ALL SELECT 'deferrable', conname FROM pg_constraint
        WHERE conrelid = %(t)s::regclass AND condeferrable
        """.replace("%(t)s", f"'{table}'")
    )
    assert found == []


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_every_reference_between_tenant_rows_carries_the_employer(model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    constraints = {
        text
        for (text,) in rows(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'",
            table,
        )
    }
    for field in model._meta.local_fields:  # type: ignore[attr-defined]
        if isinstance(field, TenantForeignKey):
            far = field.remote_field.model._meta.db_table
            wanted = f"FOREIGN KEY (employer_id, {field.column}) REFERENCES {far}(employer_id, id)"
            assert any(text.startswith(wanted) for text in constraints), (wanted, constraints)


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_every_reference_between_tenant_rows_is_indexed(model: type) -> None:
    definitions = [
        text
        for (text,) in rows(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass",
            model._meta.db_table,  # type: ignore[attr-defined]
        )
    ]
    for field in model._meta.local_fields:  # type: ignore[attr-defined]
        if isinstance(field, TenantForeignKey):
            wanted = f"(employer_id, {field.column}"
            assert any(wanted in text for text in definitions), (wanted, definitions)


def test_no_global_table_refers_to_a_tenant_table() -> None:
    references = rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f'"
    )
    assert not [(a, b) for a, b in references if b in tenant_tables() and a not in tenant_tables()]

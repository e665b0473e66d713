"""Says which tenant table a statement touches without naming the employer.

The tests run this over every statement (tests/plugins/tenancy.py): a query that would have to ask
every shard, or that could show one employer another's rows, is a failing test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from sincerely.kernel.tenancy import is_across

_CHECKED = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}

_NAME = r'"?([a-z_][a-z0-9_]*)"?'
_TABLE = re.compile(
    rf"\b(?:FROM|JOIN|UPDATE|INTO|USING|,)\s+(?:ONLY\s+|LATERAL\s+)?{_NAME}(?:\s+(?:AS\s+)?{_NAME})?",
    re.IGNORECASE,
)
_INSERT = re.compile(rf"\bINTO\s+{_NAME}\s*\(([^)]*)\)", re.IGNORECASE)
_KEYWORDS = {
    "on",
    "where",
    "set",
    "values",
    "inner",
    "left",
    "order",
    "limit",
    "group",
    "using",
    "join",
    "cross",
    "for",
    "returning",
    "as",
    "default",
    "lateral",
    "union",
    "select",
}


@lru_cache(maxsize=4096)
def complaint(sql: str, tenant_tables: frozenset[str]) -> str:
    """The first fault found in one statement, or an empty string."""
    for table, columns in _INSERT.findall(sql):
        if table.lower() in tenant_tables and "employer_id" not in columns:
            return f"{table} is written without employer_id"
    rest = _INSERT.sub("", sql)
    for table, alias in _uses(rest, tenant_tables):
        if not re.search(rf'"?\b{alias}\b"?\.\"?employer_id\b', rest, re.IGNORECASE) and not (
            alias == table and re.search(r'(?<![.\w"])employer_id\b', rest)
        ):
            return f"{table} (as {alias}) is read without employer_id"
    return ""


def _uses(sql: str, tenant_tables: frozenset[str]) -> Iterator[tuple[str, str]]:
    for match in _TABLE.finditer(sql):
        table, alias = match.group(1).lower(), (match.group(2) or "").lower()
        if table in tenant_tables:
            yield table, table if not alias or alias in _KEYWORDS else alias


def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A Django execute wrapper that refuses a statement the lint complains of.

    Within `across_employers()` reading is allowed; schema changes and savepoints always are.
    """
    if isinstance(sql, str) and sql.split(None, 1)[0].upper() in _CHECKED:
        reading_across = is_across() and not sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if not reading_across and (fault := complaint(sql, tenant_tables())):
            raise AssertionError(f"{fault}: {sql}")
    return execute(sql, params, many, context)


@cache
def tenant_tables() -> frozenset[str]:
    from sincerely.kernel.checks import tenant_models

    return frozenset(model._meta.db_table for model in tenant_models())

"""Every statement of every test is checked: none may touch a tenant table without the employer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from sincerely.kernel import sql_lint


@pytest.fixture(autouse=True)
def every_statement_names_the_employer(request: pytest.FixtureRequest) -> Iterator[None]:
    wants_database = {"db", "transactional_db", "django_db_setup"} & set(request.fixturenames)
    if not wants_database and not request.node.get_closest_marker("django_db"):
        yield
        return
    with connection.execute_wrapper(sql_lint.watch):
        yield

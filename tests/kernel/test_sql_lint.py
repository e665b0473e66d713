from __future__ import annotations

import pytest
from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.kernel.sql_lint import complaint

TABLES = frozenset({"hiring_job", "hiring_application"})


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "hiring_job"',
        'SELECT * FROM "hiring_job" WHERE "hiring_job"."id" = 1',
        "SELECT * FROM hiring_job job JOIN hiring_application a ON a.job_id = job.id"
        " WHERE job.employer_id = 1",
        'UPDATE "hiring_job" SET "title" = 1 WHERE "hiring_job"."id" = 1',
        'DELETE FROM "hiring_job" WHERE "hiring_job"."id" IN (1)',
        'INSERT INTO "hiring_job" ("id") VALUES (1)',
        'WITH a AS (INSERT INTO "hiring_job" (employer_id, "id") VALUES (1, 2))'
        ' INSERT INTO "hiring_application" ("id", "job_id") VALUES (3, 2)',
        "WITH a AS (INSERT INTO hiring_job (employer_id) VALUES (1)) SELECT title FROM hiring_job",
        "SELECT 1 FROM accounts_employer e, hiring_job j WHERE j.id = e.id",
    ],
)
def test_a_statement_without_the_employer_is_complained_of(sql: str) -> None:
    assert complaint(sql, TABLES)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "hiring_job" WHERE "hiring_job"."employer_id" = 1',
        'SELECT U0."id" FROM "hiring_job" U0 WHERE U0."employer_id" = 1',
        "DELETE FROM hiring_job WHERE employer_id = 1",
        'INSERT INTO "hiring_job" ("employer_id", "id") VALUES (1, 2)',
        'WITH a AS (INSERT INTO "hiring_job" (employer_id, "id") VALUES (1, 2))'
        ' INSERT INTO "hiring_application" (employer_id, "id") VALUES (1, 3)',
        'SELECT * FROM "accounts_employer"',
    ],
)
def test_a_statement_with_the_employer_is_not(sql: str) -> None:
    assert complaint(sql, TABLES) == ""


def test_the_lint_watches_every_test_that_uses_the_database(diner: Employer) -> None:
    with pytest.raises(AssertionError, match="without employer_id"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hiring_job")

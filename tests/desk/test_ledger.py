from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application
from tests.desk.conftest import signed_in


def body(response: Any) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(body(response).splitlines()))


def test_rosa_takes_away_one_applications_ledger(
    at_rosas_desk: Client, jo: Application, page_of: Callable[..., str]
) -> None:
    answer = at_rosas_desk.get(page_of(jo, "ledger_csv"))
    assert f'filename="ledger-{jo.reference}.csv"' in answer["Content-Disposition"]
    assert sorted(row["what"] for row in rows(answer)) == ["applied", "promised", "queued"]
    told = json.loads(body(at_rosas_desk.get(page_of(jo, "ledger_json"))))
    assert {line["application"] for line in told["lines"]} == {jo.reference}
    assert all(line["at"].endswith("Z") for line in told["lines"])


def test_a_hostile_evidence_never_runs_in_a_spreadsheet(
    at_rosas_desk: Client, jo: Application, page_of: Callable[..., str]
) -> None:
    with jo.employer.scope():
        jo.messages().get().settle("bounced", source="dsn", evidence='=cmd|"/c calc"!A1')
    answer = rows(at_rosas_desk.get(page_of(jo, "ledger_csv")))
    assert [row["evidence"] for row in answer if row["what"] == "bounced"] == [
        '\'=cmd|"/c calc"!A1'
    ]


def test_the_whole_ledger_is_for_admins(at_rosas_desk: Client, ada: Identity, jo: Any) -> None:
    assert at_rosas_desk.get("/desk/blue-spoon/ledger.csv").status_code == 404
    assert len(rows(signed_in(ada).get("/desk/blue-spoon/ledger.csv"))) == 3
    told = json.loads(body(signed_in(ada).get("/desk/blue-spoon/ledger.json?job=line-cook")))
    assert len(told["lines"]) == 3


@pytest.mark.parametrize("asked", ["from=never", "from=2026-03-02&to=2026-03-01", "job=none"])
def test_a_period_that_cannot_be_is_not_exported_as_another(
    asked: str, ada: Identity, jo: Application
) -> None:
    assert signed_in(ada).get(f"/desk/blue-spoon/ledger.csv?{asked}").status_code == 404


def test_an_empty_period_is_an_empty_file(ada: Identity, jo: Application) -> None:
    address = "/desk/blue-spoon/ledger.json?from=2020-01-01&to=2020-01-31"
    assert json.loads(body(signed_in(ada).get(address))) == {"lines": []}


def test_the_ledger_takes_one_statement_however_many_applications(
    ada: Identity, jo: Application, apply: Callable[..., Application]
) -> None:
    client = signed_in(ada)
    taken = []
    for name in ("", "Lee", "Kim"):
        if name:
            apply(jo.job, name=name, email=f"{name}@example.org")
        with CaptureQueriesContext(connection) as queries:
            body(client.get("/desk/blue-spoon/ledger.csv"))
        taken.append(len(queries))
    assert taken == [taken[0]] * 3

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.hiring.models import Application, Job
from tests.desk.conftest import text_of

LOOKUP = "/desk/blue-spoon/lookup/"
HTMX = {"HX-Request": "true"}


def rows(client: Client, scrap: str) -> str:
    return text_of(client.get(LOOKUP, {"q": scrap}, headers=HTMX))


def test_a_row_says_name_job_stage_promise_and_owner(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    answer = rows(at_rosas_desk, "smi")
    for part in ("Jo <mark>Smi</mark>th", "Line cook", "Rosa", "New", "Hears by"):
        assert part in answer
    assert f'href="{page_of(jo, "call_card")}"' in answer
    assert "<html" not in answer


@pytest.mark.parametrize("scrap", ["Jo Smith", "Smith, Jo", "jo@example.org", "4477", "SMITH"])
def test_any_scrap_will_do(
    scrap: str, at_rosas_desk: Client, cook: Job, apply: Callable[..., Application]
) -> None:
    apply(cook, phone="+15550104477")
    assert 'id="found-1"' in rows(at_rosas_desk, scrap)


def test_at_most_eight_rows_are_shown(
    at_rosas_desk: Client, cook: Job, apply: Callable[..., Application]
) -> None:
    for number in range(10):
        apply(cook, name=f"Lee {number}", email=f"lee{number}@example.org")
    assert rows(at_rosas_desk, "lee").count('role="option"') == 8


def test_nobody_found_says_what_to_try(at_rosas_desk: Client, jo: Application) -> None:
    assert "Nobody found for “zzz &lt;b&gt;”" in rows(at_rosas_desk, "zzz <b>")


def test_without_scripts_the_look_up_is_a_page_of_its_own(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    page = text_of(at_rosas_desk.get(LOOKUP, {"q": "smith"}))
    assert "<html" in page
    assert page_of(jo, "call_card") in page


def test_hugo_finds_the_callers_of_his_own_jobs_alone(
    at_hugos_desk: Client, cook: Job, jo: Application, hugo: Any
) -> None:
    assert "Jo" not in rows(at_hugos_desk, "smith")
    with cook.employer.scope():
        cook.add_to_team(hugo)
    assert 'id="found-1"' in rows(at_hugos_desk, "smith")


def test_eight_rows_take_as_many_statements_as_one(
    at_rosas_desk: Client, jo: Application, apply: Callable[..., Application]
) -> None:
    with CaptureQueriesContext(connection) as one:
        rows(at_rosas_desk, "jo@example.org")
    for number in range(8):
        apply(jo.job, name=f"Jo {number}", email=f"jo{number}@example.org")
    with CaptureQueriesContext(connection) as many:
        rows(at_rosas_desk, "jo@example.org")
    assert len(many) == len(one) <= 6

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application
from sincerely.kernel.ids import spoken_reference


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("lookup", *arguments, stdout=out)
    return out.getvalue()


def test_the_table_says_who_it_is_and_what_was_promised(jo: Application) -> None:
    heading, row = printed("smith", "--employer", "blue-spoon").splitlines()
    assert heading.split() == ["Name", "Job", "Stage", "Promised", "Owner", "Reference"]
    assert row.startswith("Jo Smith")
    assert "Hears by" in row
    assert row.endswith(spoken_reference(jo.reference))


def test_the_terminal_gives_the_same_rows_as_the_desk(
    jo: Application, rosa: Identity, apply: Any
) -> None:
    apply(jo.job, name="Joan Smithers", email="joan@example.org")
    rows = json.loads(printed("smith", "--employer", "blue-spoon", "--json"))
    client = Client()
    client.force_login(rosa)
    address = reverse("desk:lookup", kwargs={"employer": "blue-spoon"})
    page = client.get(address, {"q": "smith"}, headers={"HX-Request": "true"}).content.decode()
    places = [page.index(f"/applications/{row['reference']}/call/") for row in rows]
    assert len(rows) == 2
    assert places == sorted(places)


def test_json_carries_dates_as_iso_8601(jo: Application) -> None:
    (row,) = json.loads(printed(jo.reference, "--employer", "blue-spoon", "--json"))
    assert row["name"] == "Jo Smith"
    assert row["due_on"] == jo.due_on.isoformat()
    assert row["application_id"] == str(jo.pk)


def test_nobody_found_is_said(jo: Application) -> None:
    assert printed("zzzz", "--employer", "blue-spoon") == "Nobody found.\n"


def test_another_employers_people_are_not_found(jo: Application, mallory: Identity) -> None:
    assert printed("smith", "--employer", "st-brigid") == "Nobody found.\n"


@pytest.mark.django_db
def test_an_unknown_employer_is_an_error() -> None:
    with pytest.raises(CommandError, match="no employer"):
        printed("smith", "--employer", "nowhere")
